/**
 * How well the queue's order finds the cash that stays unpaid, with the default policy: `npm run bench -- priority [customers]`.
 *
 * Judged on made-up worlds none of which knows the formula, on the sample book and, where it is at hand, on IBM's public receivables; beside
 * it plain total, oldest item, amount × age, the ceiling (the order by what in fact stayed unpaid), and the same formula with weights
 * fitted on all the other worlds, which shows whether the defaults are lucky here. Prints a table and one line of JSON.
 */
import { cpus, loadavg } from 'node:os';
import { examplesOn, judgedRows, worldFigures, type WorldFigures } from './priority/judge.ts';
import { ibmLedger, sampleBookLedger } from './priority/ledgers.ts';
import { WORLD_DAYS, worldLedger, WORLDS } from './priority/worlds.ts';
import { HORIZON_DAYS, type AccountHistory } from '../src/domain/calibration/account-history.ts';
import { learnRisk } from '../src/domain/calibration/learn.ts';
import { dayNumber } from '../src/domain/days.ts';
import { DEFAULT_POLICY } from '../src/domain/policy.ts';

const CUSTOMERS = Number(process.argv[2] ?? 1_500);
const SEED = 41;
/** Judged days of a world: the last 30 days must still be in it, and a year and a half must lie behind. */
const DAYS = [WORLD_DAYS - 180, WORLD_DAYS - 120, WORLD_DAYS - 60];

interface Ledger {
  readonly name: string;
  readonly accounts: readonly AccountHistory[];
  readonly days: readonly number[];
  readonly horizonDays: number;
}

function* others(): Generator<Ledger> {
  const today = Temporal.PlainDate.from('2026-06-30');
  const back = (days: number): number => dayNumber(today) - days;
  yield {
    name: 'sample book',
    accounts: [1, 2, 3].flatMap((seed) => renumbered(sampleBookLedger(seed, today), seed)),
    days: [back(105), back(75), back(45)],
    horizonDays: HORIZON_DAYS,
  };
  const ibm = ibmLedger();
  const months = Array.from({ length: 15 }, (_, month) => dayNumber(Temporal.PlainDate.from('2012-08-15').add({ months: month })));
  // Nobody there is more than 45 days late, so that after 30 days next to nothing is left to find.
  for (const horizonDays of [10, 5]) if (ibm !== null) yield { name: `IBM, ${horizonDays} days`, accounts: ibm, days: months, horizonDays };
}

const renumbered = (ledger: readonly AccountHistory[], book: number): readonly AccountHistory[] =>
  ledger.map((account) => ({ ...account, accountId: book * 1_000_000 + account.accountId }));

const percent = (value: number): string => (value * 100).toFixed(1);

const row = ({ name, accountDays, unpaidShare, share, overTotal, aucOfRisk, aucOfAtRisk }: WorldFigures) => ({
  ledger: name,
  'account days': accountDays,
  'unpaid %': percent(unpaidShare),
  priority: percent(share.priority),
  total: percent(share.total),
  oldest: percent(share.oldest),
  'amount × age': percent(share.amountByAge),
  ceiling: percent(share.ceiling),
  'fitted elsewhere': percent(share.fittedElsewhere),
  'over total': `${percent(overTotal.estimate)} (${percent(overTotal.low)} to ${percent(overTotal.high)})`,
  'AUC risk': `${aucOfRisk.estimate.toFixed(3)} (${aucOfRisk.low.toFixed(3)}-${aucOfRisk.high.toFixed(3)})`,
  'AUC at risk': `${aucOfAtRisk.estimate.toFixed(3)} (${aucOfAtRisk.low.toFixed(3)}-${aucOfAtRisk.high.toFixed(3)})`,
});

const worlds: readonly Ledger[] = WORLDS.map((world) => ({
  name: world.name,
  accounts: worldLedger(world, { seed: SEED, customers: CUSTOMERS }),
  days: DAYS,
  horizonDays: HORIZON_DAYS,
}));
const examples = new Map(worlds.map(({ name, accounts, days }) => [name, examplesOn(accounts, days)]));
const fittedWithout = (left: string) =>
  learnRisk(
    [...examples].flatMap(([name, found]) => (name === left ? [] : found)),
    DEFAULT_POLICY.priority,
  );
const figures = [...worlds, ...others()].map(({ name, accounts, ...judging }) =>
  worldFigures(name, judgedRows(accounts, { ...judging, elsewhere: fittedWithout(name) })),
);

console.log('Share of the cash unpaid 30 days later, in the first tenth of each order, in %; AUC per customer and day; 95 % intervals.');
console.table(figures.map(row));
const fitted = fittedWithout('');
console.log(
  `Fitted on all worlds: base ${fitted.intercept.toFixed(2)}, weights ${fitted.weights.map((weight) => weight.toFixed(2)).join(', ')}`,
);
const machine = { processors: cpus().length, loadAverage: loadavg()[0], node: process.version };
console.log(JSON.stringify({ bench: 'priority', customers: CUSTOMERS, seed: SEED, fitted, figures, machine }));
