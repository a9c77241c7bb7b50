/**
 * Made-up worlds to judge a priority in: ledgers that differ in how customers pay, how much they owe, how much is known of them and when
 * they pay at all. None is built after a formula of the score. Days are numbers from the start of a world; everything follows from the seed.
 */
import type { AccountHistory, InvoiceLife } from '../../src/domain/calibration/account-history.ts';
import { Random } from '../../src/intake/sample-book/random.ts';

/** Two and a half years; judged on days after the second. */
export const WORLD_DAYS = 900;

/** Days late of an invoice due on a day; negative when early. */
type Payer = (random: Random, due: number) => number;

interface Customer {
  readonly pays: Payer;
  /** Added to the logarithm of its amounts: who pays badly may be large, small, or neither. */
  readonly scale?: number;
}

export interface World {
  readonly name: string;
  readonly about: string;
  readonly customer: (random: Random) => Customer;
  /** Spread of amounts, of a customer's invoices and between customers: standard deviations of their logarithm. */
  readonly spread: readonly [within: number, between: number];
  readonly invoicesPerYear: readonly [fewest: number, most: number];
  readonly terms: readonly number[];
  readonly historyDays: number;
  readonly paysTwiceAMonth: boolean;
  /** Share of invoices that leave a small rest behind for a long time. */
  readonly leavesRests: number;
}

const TERMS = [30, 30, 30, 60, 60, 90, 45, 15] as const;

const around =
  (mean: number, deviation: number): Payer =>
  (random) =>
    random.normal(mean, deviation);

const slowingDown: Payer = (random, due) => random.normal(5 + (100 * Math.max(0, due - 300)) / 600, 10);
const chronic: Payer = (random) => 30 + random.exponential(140);
const disputing: Payer = (random) => (random.chance(0.15) ? 60 + random.exponential(200) : random.normal(8, 7));

/** Two invoices in a hundred get stuck with anybody: lost, wrong, waiting for a signature. */
const sometimesStuck =
  (usual: Payer): Payer =>
  (random, due) =>
    random.chance(0.02) ? 30 + random.exponential(150) : usual(random, due);

interface Kind {
  readonly pays: Payer;
  readonly isBad: boolean;
}
const KINDS: readonly (readonly [Kind, number])[] = [
  [{ pays: around(-2, 5), isBad: false }, 42],
  [{ pays: around(20, 7), isBad: false }, 20],
  [{ pays: around(40, 11), isBad: false }, 12],
  [{ pays: around(70, 18), isBad: true }, 7],
  [{ pays: chronic, isBad: true }, 7],
  [{ pays: slowingDown, isBad: true }, 6],
  [{ pays: disputing, isBad: false }, 6],
];

const ofKinds =
  (scaleOfBad: number) =>
  (random: Random): Customer => {
    const { pays, isBad } = random.weighted(KINDS);
    return { pays: sometimesStuck(pays), scale: isBad ? scaleOfBad : 0 };
  };

function stopping(random: Random): Customer {
  const { pays } = ofKinds(0)(random);
  const stops = random.chance(0.12) ? random.between(200, WORLD_DAYS) : Number.POSITIVE_INFINITY;
  return {
    pays: (draw, due) => {
      const late = pays(draw, due);
      return due + late > stops ? 1e6 : late;
    },
  };
}

const mostlyPaid = (random: Random): Customer => ({
  pays: sometimesStuck(
    random.weighted<Payer>([
      [(draw) => (draw.chance(0.5) ? -2 : draw.exponential(9)), 70],
      [around(24, 8), 18],
      [(draw) => 40 + draw.exponential(80), 12],
    ]),
  ),
});

const fewBad = (random: Random): Customer => ({
  pays: random.weighted<Payer>([
    [(draw) => draw.exponential(7), 55],
    [around(18, 6), 30],
    [(draw) => 60 + draw.exponential(200), 15],
  ]),
});

const byHazard = (random: Random): Customer => {
  const mean = 12 * Math.exp(random.normal(0, 1));
  return { pays: (draw) => draw.exponential(mean) };
};

const byLognormal = (random: Random): Customer => {
  const [middle, spread] = [Math.log(18) + random.normal(0, 0.9), 0.3 + random.next() * 0.7];
  return { pays: (draw) => Math.exp(middle + draw.normal(0, spread)) - 6 };
};

const ageAlone: Customer = { pays: (draw) => (draw.chance(0.4) ? -1 : 18 * (-Math.log(1 - draw.next())) ** (1 / 0.55)) };

const USUAL = {
  customer: ofKinds(0),
  spread: [1.3, 1] as const,
  invoicesPerYear: [3, 40] as const,
  terms: TERMS,
  historyDays: WORLD_DAYS,
  paysTwiceAMonth: false,
  leavesRests: 0,
};

export const WORLDS: readonly World[] = [
  { ...USUAL, name: 'kinds', about: 'prompt, late by 20, 40, 70, chronic, slowing down, disputing' },
  { ...USUAL, name: 'heavy-tails', about: 'the same, amounts spread far wider', spread: [1.6, 1.4] },
  { ...USUAL, name: 'bad-are-large', about: 'the same, who pays badly owes 2.7 times as much', customer: ofKinds(1) },
  { ...USUAL, name: 'bad-are-small', about: 'the same, who pays badly owes a third', customer: ofKinds(-1) },
  {
    ...USUAL,
    name: 'little-history',
    about: 'a year, one to four invoices each',
    invoicesPerYear: [1, 4],
    historyDays: 400,
    spread: [1.4, 1],
  },
  { ...USUAL, name: 'payment-runs', about: 'everybody pays twice a month only', paysTwiceAMonth: true },
  { ...USUAL, name: 'long-terms', about: 'terms of 30 to 120 days', terms: [30, 60, 90, 120] },
  { ...USUAL, name: 'stopping', about: 'one in eight stops paying one day', customer: stopping, spread: [1.4, 1] },
  { ...USUAL, name: 'small-rests', about: 'one in eight invoices leaves a small rest for a year', leavesRests: 0.12, spread: [1.5, 1] },
  { ...USUAL, name: 'mostly-paid', about: 'seven in ten prompt, two late, one bad', customer: mostlyPaid, spread: [1.5, 1.5] },
  {
    ...USUAL,
    name: 'few-bad',
    about: 'few invoices, one customer in seven hopeless, wide amounts',
    customer: fewBad,
    spread: [1.6, 1.7],
    invoicesPerYear: [2, 10],
  },
  {
    ...USUAL,
    name: 'hazards',
    about: 'constant chance of paying, of 12 days in the middle',
    customer: byHazard,
    spread: [1.7, 1.4],
    invoicesPerYear: [3, 15],
  },
  { ...USUAL, name: 'lognormal', about: 'lognormal lateness, own middle and spread', customer: byLognormal, spread: [1.5, 1] },
  { ...USUAL, name: 'age-alone', about: 'all customers alike; only age tells', customer: () => ageAlone },
];

/** The accounts of a world, each with all its invoices, those paid after the judged day included: what is known when is for the judge. */
export function worldLedger(
  world: World,
  { seed, customers }: { readonly seed: number; readonly customers: number },
): readonly AccountHistory[] {
  const stream = [...world.name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return Array.from({ length: customers }, (_, index) => accountOf(world, new Random(seed ^ stream, index), index + 1));
}

function accountOf(world: World, random: Random, accountId: number): AccountHistory {
  const { pays, scale = 0 } = world.customer(random);
  const size = 8 + scale + random.normal(0, world.spread[1]);
  const [fewest, most] = world.invoicesPerYear;
  const gap = 365 / (fewest * (most / fewest) ** random.next());
  const terms = random.pick(world.terms);
  const payday = world.paysTwiceAMonth ? random.between(0, 14) : null;
  const from = WORLD_DAYS - world.historyDays;
  const began = random.chance(0.7) ? from : random.between(from, WORLD_DAYS - 150);
  const invoices: InvoiceLife[] = [];
  for (let day = began + random.exponential(gap); day < WORLD_DAYS; day += random.exponential(gap)) {
    const issued = Math.floor(day);
    const due = issued + terms;
    const paidOn = Math.max(issued + 1, Math.round(due + pays(random, due)));
    const settled = payday === null ? paidOn : Math.ceil((paidOn - payday) / 15) * 15 + payday;
    const total = Math.max(100, Math.round(100 * Math.exp(size + random.normal(0, world.spread[0]))));
    invoices.push({ issued, due, settled, total, parts: [] });
    if (random.chance(world.leavesRests))
      invoices.push({
        issued,
        due,
        settled: due + Math.round(60 + random.exponential(400)),
        total: Math.round(total * (0.01 + 0.1 * random.next())),
        parts: [],
      });
  }
  return { accountId, customerSince: began - random.between(0, 1_500), brokenPromises: [], invoices };
}
