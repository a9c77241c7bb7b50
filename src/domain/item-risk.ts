/**
 * The risk that an overdue item is still unpaid in 30 days, from how late it is and how its account pays: a logistic function of the
 * later of the two, with what else is known added. Works in logits and plain numbers; what money that puts at risk is priority.ts.
 *
 * Every feature rises with the worse fact and every weight is at least zero, so a worse fact never lowers a risk. That is also why an
 * item's age and its account's habit meet in a maximum: for a punctual payer 40 days are bad news, for one who always takes 60 they are
 * none yet, and subtracting the habit from the age would let a worse habit help.
 */
import type { PaymentBehaviour } from './account-facts.ts';
import type { Policy } from './policy.ts';

export type RiskWeights = Policy['priority'];

/** The weights of the policy in the order of {@link riskFeatures}. */
export const RISK_WEIGHTS = [
  'latenessWeight',
  'ageWeight',
  'habitWeight',
  'lateShareWeight',
  'brokenPromiseWeight',
  'tenureWeight',
] as const satisfies readonly (keyof RiskWeights)[];

/** Days that make one unit of ln(1 + days/15): the same bend for an item's age and a payer's habit. */
const BEND_DAYS = 15;

/** Beyond a year late, more days say nothing more, and one forgotten invoice must not outweigh fifty paid ones. */
export const MOST_DAYS_LATE = 365;

/** An invoice is very late beyond two monthly payment runs: one missed run happens to everybody. */
export const VERY_LATE_DAYS = 60;

/** What an invoice of the last quarter counts, settled or open; {@link recencyWeight} has what older ones do. */
const FULL_WEIGHT = 4;

/**
 * What is assumed of a payer nobody knows, worth as much as two invoices of the last quarter: 15 days late, one in ten very late, two
 * years a customer. Less would let one early payment make a saint; more would still distrust a payer of many years.
 */
export const ASSUMED = { weight: 2 * FULL_WEIGHT, daysLate: 15, lateShare: 0.1, tenureYears: 2 } as const;

const FULL_TENURE_YEARS = 5;
const MOST_BROKEN_PROMISES = 3;
const DAYS_PER_YEAR = 365.25;

/** How far back settled invoices are looked at, by the day they were due. */
export const HISTORY_DAYS = 730;

/**
 * What a settled invoice counts by the days since it was due: habits change, and a payer who slows down shows it in the last quarter.
 * By the due day, not the day of payment, so that paying later never makes an invoice count for less.
 */
export function recencyWeight(daysSinceDue: number): number {
  if (daysSinceDue <= 90) return FULL_WEIGHT;
  if (daysSinceDue <= 180) return 3;
  if (daysSinceDue <= 365) return 2;
  return daysSinceDue < HISTORY_DAYS ? 1 : 0;
}

/** How an account pays, as far as its own past and what it has open tell. */
export interface PayerRecord {
  /** Days late of what it has settled, drawn towards {@link ASSUMED}. */
  readonly settledDays: number;
  /** The same with what it has open: what the risk goes by. Never less. */
  readonly habitDays: number;
  /** Share paid very late, 0-1, drawn likewise. */
  readonly lateShare: number;
  /** Three at most. */
  readonly brokenPromises: number;
  /** Five at most. */
  readonly tenureYears: number;
}

export interface PayerFacts {
  readonly behaviour: Pick<PaymentBehaviour, 'meanDaysLate' | 'lateShare' | 'settledWeight' | 'brokenPromises'>;
  /** Days past due of each overdue item still open: days late already, with no payment to show for them. */
  readonly openDays: readonly number[];
  /** Days as a customer; `null` when unknown. */
  readonly customerDays: number | null;
}

/**
 * Open items add their days but no payment, as lateness that is not over yet (the mean of an exponential waiting time with censored
 * observations): silence about an account with old open items would otherwise praise it for the few it paid.
 */
export function payerRecord({ behaviour, openDays, customerDays }: PayerFacts): PayerRecord {
  const settled = behaviour.meanDaysLate === null ? 0 : behaviour.settledWeight;
  const lateDays = settled * clamp(behaviour.meanDaysLate ?? 0, 0, MOST_DAYS_LATE) + ASSUMED.weight * ASSUMED.daysLate;
  let openLateDays = 0;
  let veryLate = settled * clamp(behaviour.lateShare ?? 0, 0, 1);
  let openVeryLate = 0;
  for (const days of openDays) {
    openLateDays += FULL_WEIGHT * Math.min(days, MOST_DAYS_LATE);
    if (days > VERY_LATE_DAYS) openVeryLate += FULL_WEIGHT;
  }
  veryLate += openVeryLate;
  return {
    settledDays: lateDays / (settled + ASSUMED.weight),
    habitDays: (lateDays + openLateDays) / (settled + ASSUMED.weight),
    lateShare: (veryLate + ASSUMED.weight * ASSUMED.lateShare) / (settled + openVeryLate + ASSUMED.weight),
    brokenPromises: Math.min(behaviour.brokenPromises, MOST_BROKEN_PROMISES),
    tenureYears: customerDays === null ? ASSUMED.tenureYears : clamp(customerDays / DAYS_PER_YEAR, 0, FULL_TENURE_YEARS),
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

const bent = (days: number): number => Math.log(1 + Math.max(0, days) / BEND_DAYS);

/** What multiplies each of {@link RISK_WEIGHTS}; the log-odds are `baseLogit` and their sum. */
export function riskFeatures(payer: PayerRecord, daysPastDue: number): readonly number[] {
  const [age, habit] = [bent(daysPastDue), bent(payer.habitDays)];
  return [Math.max(age, habit), age, habit, payer.lateShare, payer.brokenPromises, -payer.tenureYears / FULL_TENURE_YEARS];
}

/** What an account's record adds to or takes from the log-odds of a payer nobody knows, one number for each thing known. */
export interface RecordEffects {
  readonly habit: number;
  /** Of the overdue items that are still open. */
  readonly open: number;
  readonly lateShare: number;
  readonly brokenPromises: number;
  readonly tenure: number;
}

export const recordEffects = (payer: PayerRecord, weights: RiskWeights): RecordEffects => ({
  habit: (weights.latenessWeight + weights.habitWeight) * (bent(payer.settledDays) - bent(ASSUMED.daysLate)),
  open: (weights.latenessWeight + weights.habitWeight) * (bent(payer.habitDays) - bent(payer.settledDays)),
  lateShare: weights.lateShareWeight * (payer.lateShare - ASSUMED.lateShare),
  brokenPromises: weights.brokenPromiseWeight * payer.brokenPromises,
  tenure: (-weights.tenureWeight * (payer.tenureYears - ASSUMED.tenureYears)) / FULL_TENURE_YEARS,
});

/** What an item's age adds on top of its account's record: nothing of the joint weight while it is no later than they usually are. */
export const ageEffect = (daysPastDue: number, payer: PayerRecord, weights: RiskWeights): number =>
  weights.ageWeight * bent(daysPastDue) + weights.latenessWeight * Math.max(0, bent(daysPastDue) - bent(payer.habitDays));

/** The log-odds of any item of an account, before the item's own age is added. */
export const accountLogit = (payer: PayerRecord, weights: RiskWeights): number =>
  weights.baseLogit +
  (weights.latenessWeight + weights.habitWeight) * bent(payer.habitDays) +
  weights.lateShareWeight * payer.lateShare +
  weights.brokenPromiseWeight * payer.brokenPromises -
  (weights.tenureWeight * payer.tenureYears) / FULL_TENURE_YEARS;

export const riskOf = (logit: number): number => 1 / (1 + Math.exp(-logit));
