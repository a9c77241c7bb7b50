/**
 * Decides whether weights learnt from a company's own past order its queue better than the present ones. Learns on earlier days, judges on
 * later ones, and calls it better only when the gain is beyond chance. Never changes a policy.
 */
import { RISK_WEIGHTS, riskOf, type RiskWeights } from '../item-risk.ts';
import { HORIZON_DAYS, type AccountExample, type ItemExample } from './account-history.ts';
import { learnRisk } from './learn.ts';
import { interval, Ranking, resampled, type Interval, type RankingFigures } from './ranking.ts';

export const ORDERS = ['fitted', 'present', 'total', 'oldest', 'amountByAge', 'ceiling'] as const;
export type CalibrationOrder = (typeof ORDERS)[number];

export interface OrderFigures {
  readonly order: CalibrationOrder;
  /** Of the cash still unpaid after the horizon, what stands in the first tenth. */
  readonly share: Interval;
  /**
   * Per account and day: the chance to stand before one that paid all of it. Of the risk alone for `fitted` and `present`: money at risk ranks
   * large accounts first whoever they are, and would call any lower base an improvement.
   */
  readonly auc: Interval;
}

/** The weights a calibration sets; all but `reference`. */
export type FittedWeights = Pick<RiskWeights, 'baseLogit' | (typeof RISK_WEIGHTS)[number]>;

export interface Judged {
  readonly learnt: number;
  readonly judged: number;
  readonly weights: FittedWeights;
  readonly orders: readonly OrderFigures[];
  /** Fitted less present, the same customers drawn for both. */
  readonly gain: { readonly share: Interval; readonly auc: Interval };
}

export type Calibration =
  | { readonly verdict: 'too-little'; readonly missing: string }
  | ({ readonly verdict: 'better' | 'no-better' } & Judged);

/** A year: seasons once each, and habits that still hold. */
const MOST_DAYS = 12;
/** Before that nobody has a record, and every account looks like a stranger. */
const FIRST_DAYS = 60;
const LATER_PART = 1 / 3;
const FEWEST_DAYS = 4;
/** Below these an interval is so wide that nothing could win, and what did would be luck. */
const FEWEST_ACCOUNT_DAYS = 100;
const FEWEST_OF_EACH = 30;

export interface CalibrationDays {
  readonly earlier: readonly number[];
  readonly later: readonly number[];
}

/**
 * Days to learn and to judge on, a horizon apart, so that what became of the last day learnt from was known on the first day judged. Empty
 * when the ledger is too short.
 * @param until the last day whose payments are known
 */
export function calibrationDays(until: number, firstDue: number | null): CalibrationDays {
  if (firstDue === null) return { earlier: [], later: [] };
  const days = Array.from({ length: MOST_DAYS }, (_, back) => until - (MOST_DAYS - back) * HORIZON_DAYS).filter(
    (day) => day >= firstDue + FIRST_DAYS,
  );
  if (days.length < FEWEST_DAYS) return { earlier: [], later: [] };
  const split = days.length - Math.max(1, Math.floor(days.length * LATER_PART));
  return { earlier: days.slice(0, split), later: days.slice(split) };
}

export function calibrate(examples: readonly AccountExample[], days: CalibrationDays, present: RiskWeights): Calibration {
  const on = (some: readonly number[]): readonly AccountExample[] => examples.filter(({ asOn }) => some.includes(asOn));
  const [earlier, later] = [on(days.earlier), on(days.later)];
  const missing = whatIsMissing(days, earlier, 'learn from') ?? whatIsMissing(days, later, 'judge by');
  if (missing !== null) return { verdict: 'too-little', missing };
  const weights = roundedWeights(learnRisk(earlier, present));
  const judged = judge(later, weights, present);
  return { verdict: isBetter(judged.gain) ? 'better' : 'no-better', learnt: earlier.length, judged: later.length, weights, ...judged };
}

function whatIsMissing({ later }: CalibrationDays, examples: readonly AccountExample[], purpose: string): string | null {
  if (later.length === 0)
    return `the ledger is too short: it takes about ${FIRST_DAYS + (FEWEST_DAYS + 1) * HORIZON_DAYS} days of due invoices`;
  const unpaid = examples.filter((example) => unpaidOf(example) > 0).length;
  const paid = examples.length - unpaid;
  if (examples.length >= FEWEST_ACCOUNT_DAYS && unpaid >= FEWEST_OF_EACH && paid >= FEWEST_OF_EACH) return null;
  return (
    `there are ${examples.length} cases to ${purpose}, ${unpaid} still unpaid after ${HORIZON_DAYS} days and ${paid} paid; ` +
    `it takes ${FEWEST_ACCOUNT_DAYS}, and ${FEWEST_OF_EACH} of each`
  );
}

/**
 * Better beyond chance: the first tenth holds more of the unpaid cash in 95 of 100 draws of customers; or the accounts stand in a better order in as
 * many, and the first tenth holds no less. The share is what the queue is for; the order speaks sooner, because it counts every account.
 */
const isBetter = ({ share, auc }: Judged['gain']): boolean => share.low > 0 || (auc.low > 0 && share.estimate >= 0);

function judge(examples: readonly AccountExample[], fitted: FittedWeights, present: RiskWeights): Pick<Judged, 'orders' | 'gain'> {
  const rows = examples.map((example) => ({ accountId: example.accountId, asOn: example.asOn, unpaid: unpaidOf(example) }));
  const by = (key: (example: AccountExample) => number): Ranking => new Ranking(rows, examples.map(key));
  const byRisk = (weights: FittedWeights): Ranking =>
    by((example) => sum(example, (item) => item.open * riskBy(weights, item)) / sum(example, (item) => item.open));
  const rankings = {
    fitted: by((example) => sum(example, (item) => item.open * riskBy(fitted, item))),
    present: by((example) => sum(example, (item) => item.open * riskBy(present, item))),
    total: by((example) => sum(example, (item) => item.open)),
    oldest: by(({ items }) => items.reduce((most, { daysPastDue }) => Math.max(most, daysPastDue), 0)),
    amountByAge: by((example) => sum(example, (item) => item.open * item.daysPastDue)),
    ceiling: by(unpaidOf),
    fittedRisk: byRisk(fitted),
    presentRisk: byRisk(present),
  };
  const drawn = resampled(rows, rankings);
  const rankedBy = { share: (order: CalibrationOrder) => order, auc: riskInstead } as const;
  const whole = (figure: keyof RankingFigures, order: CalibrationOrder): number => rankings[rankedBy[figure](order)].figures()[figure];
  const draws = (figure: keyof RankingFigures, order: CalibrationOrder): readonly number[] =>
    drawn[rankedBy[figure](order)].map((one) => one[figure]);
  const gainOf = (figure: keyof RankingFigures): Interval => {
    const before = draws(figure, 'present');
    return interval(
      whole(figure, 'fitted') - whole(figure, 'present'),
      draws(figure, 'fitted').map((value, draw) => value - (before[draw] ?? Number.NaN)),
    );
  };
  return {
    orders: ORDERS.map((order) => ({
      order,
      share: interval(whole('share', order), draws('share', order)),
      auc: interval(whole('auc', order), draws('auc', order)),
    })),
    gain: { share: gainOf('share'), auc: gainOf('auc') },
  };
}

function riskInstead(order: CalibrationOrder): CalibrationOrder | 'fittedRisk' | 'presentRisk' {
  if (order === 'fitted') return 'fittedRisk';
  return order === 'present' ? 'presentRisk' : order;
}

const sum = ({ items }: AccountExample, of: (item: ItemExample) => number): number => items.reduce((total, item) => total + of(item), 0);

const unpaidOf = (example: AccountExample): number => sum(example, (item) => item.unpaid);

const riskBy = (weights: FittedWeights, { features }: ItemExample): number =>
  riskOf(RISK_WEIGHTS.reduce((logit, name, index) => logit + weights[name] * (features[index] ?? 0), weights.baseLogit));

/** Two decimals: more would claim to know what the next month's fit will change, and a policy is read by people. */
function roundedWeights({ intercept, weights }: ReturnType<typeof learnRisk>): FittedWeights {
  const rounded = (value: number): number => Math.round(Math.min(20, Math.max(-20, value)) * 100) / 100;
  return {
    baseLogit: rounded(intercept),
    ...(Object.fromEntries(RISK_WEIGHTS.map((name, index) => [name, rounded(weights[index] ?? 0)])) as Omit<FittedWeights, 'baseLogit'>),
  };
}
