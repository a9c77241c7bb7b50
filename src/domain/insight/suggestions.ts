/**
 * What the figures say a person should look into next. Each names the fact it follows from; none is made of nothing, and none acts. Decides from
 * counts alone, in a fixed order: money that is being lost by waiting first.
 */
import type { Money } from '../money.ts';
import type { Response } from './response.ts';

/** Claims between merchants end five years after they fell due (Federal Decree-Law 50 of 2022, art. 92); half a year is left to act in. */
export const LIMITATION_WARNING_MONTHS = 54;
/** VAT bad-debt relief is possible more than six months after the supply (Federal Decree-Law 8 of 2017, art. 64). */
export const VAT_RELIEF_MONTHS = 6;
/** There was no VAT in the UAE before. */
export const VAT_BEGAN = '2018-01-01';
/** Below this share of the overdue accounts a rule that leaves them out is no subject. */
const WORTH_SIMULATING = 0.05;
/** Settled within these days is what a level is judged by: the usual interval between two contacts, twice. */
const JUDGED_DAYS = 14;

export interface SuggestionFacts {
  readonly nearLimitation: { readonly invoices: number; readonly money: readonly Money[] };
  readonly vatRelief: { readonly invoices: number; readonly money: readonly Money[] };
  readonly brokenPromises: { readonly accounts: number; readonly codes: readonly string[] };
  readonly returnedAddresses: number;
  readonly beyondLimit: { readonly accounts: number; readonly codes: readonly string[]; readonly money: readonly Money[] };
  readonly responses: readonly Response[];
  /** Of the newest run: accounts with something overdue, and those left out for the minimum. */
  readonly overdueAccounts: number;
  readonly belowMinimum: number;
  /** Contacts with AUTO customers in several mails, in the last 30 days, and those mails. */
  readonly splitContacts: { readonly contacts: number; readonly mails: number };
}

export type Suggestion =
  | { readonly code: 'near-limitation' | 'vat-relief'; readonly count: number; readonly money: readonly Money[] }
  | { readonly code: 'broken-promises'; readonly count: number; readonly codes: readonly string[] }
  | { readonly code: 'credit-limits'; readonly count: number; readonly codes: readonly string[]; readonly money: readonly Money[] }
  | { readonly code: 'returned-addresses' | 'below-minimum'; readonly count: number }
  | {
      readonly code: 'level-stops-working';
      readonly count: number;
      readonly level: string;
      readonly points: number;
      readonly low: number;
      readonly high: number;
    }
  | { readonly code: 'auto-threshold'; readonly count: number; readonly mails: number };

export function suggestionsFrom(facts: SuggestionFacts): readonly Suggestion[] {
  const { nearLimitation, vatRelief, brokenPromises, beyondLimit, splitContacts } = facts;
  const all: readonly Suggestion[] = [
    { code: 'near-limitation', count: nearLimitation.invoices, money: nearLimitation.money },
    { code: 'broken-promises', count: brokenPromises.accounts, codes: brokenPromises.codes },
    { code: 'credit-limits', count: beyondLimit.accounts, codes: beyondLimit.codes, money: beyondLimit.money },
    { code: 'returned-addresses', count: facts.returnedAddresses },
    ...facts.responses.flatMap(stoppedWorking),
    { code: 'vat-relief', count: vatRelief.invoices, money: vatRelief.money },
    { code: 'below-minimum', count: facts.belowMinimum > facts.overdueAccounts * WORTH_SIMULATING ? facts.belowMinimum : 0 },
    { code: 'auto-threshold', count: splitContacts.contacts, mails: splitContacts.mails },
  ];
  return all.filter(({ count }) => count > 0);
}

/** A level after which, by a margin that chance does not explain, less is settled than the same accounts settled at that age before. */
function stoppedWorking({ dimension, value, days, againstEarlier, isSmallSample, comparedAccounts }: Response): readonly Suggestion[] {
  if (dimension !== 'level' || days !== JUDGED_DAYS || isSmallSample || againstEarlier === null || againstEarlier.high >= 0) return [];
  const { value: points, low, high } = againstEarlier;
  return [{ code: 'level-stops-working', count: comparedAccounts, level: value, points, low, high }];
}
