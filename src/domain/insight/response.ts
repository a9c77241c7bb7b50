/**
 * What became of invoices after a reminder about them, beside what the same accounts did before with invoices of the same age. It is a
 * comparison, not a cause: who is reminded, and when, was not drawn by lot. Where few accounts stand behind a figure it says so.
 */
import { clusteredMean, clusteredShare, type ClusterSums, type Estimate } from './interval.ts';

/** Days after a reminder at which is looked. */
export const RESPONSE_DAYS = [3, 7, 14, 30] as const;

export const EFFECT_DIMENSIONS = ['all', 'level', 'language', 'weekday', 'segment'] as const;
export type EffectDimension = (typeof EFFECT_DIMENSIONS)[number];

/** Fewer accounts than this and one of them can turn the figure round; the usual rule of thumb for a mean's interval. */
export const FEWEST_ACCOUNTS = 30;

/** Per group and number of days: invoices reminded of, and those of them whose account had earlier invoices of that age to compare with. */
export interface ResponseSums {
  readonly dimension: EffectDimension;
  readonly value: string;
  readonly days: number;
  /** Each case 1 when settled in time, else 0. */
  readonly settled: ClusterSums;
  /** Each case that, less the share of the account's earlier ones. */
  readonly difference: ClusterSums;
}

export interface Response {
  readonly dimension: EffectDimension;
  readonly value: string;
  readonly days: number;
  readonly invoices: number;
  readonly accounts: number;
  /** Share of the invoices settled within the days. */
  readonly settled: Estimate;
  /** Points above or below the accounts' own earlier behaviour; `null` when none can be compared. */
  readonly againstEarlier: Estimate | null;
  readonly comparedAccounts: number;
  readonly isSmallSample: boolean;
}

export function responseOf({ dimension, value, days, settled, difference }: ResponseSums): Response {
  return {
    dimension,
    value,
    days,
    invoices: settled.cases,
    accounts: settled.accounts,
    settled: clusteredShare(settled),
    againstEarlier: difference.accounts < 2 ? null : clusteredMean(difference),
    comparedAccounts: difference.accounts,
    isSmallSample: difference.accounts < FEWEST_ACCOUNTS,
  };
}
