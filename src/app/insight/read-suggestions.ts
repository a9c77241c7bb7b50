/** What the figures say should be looked into, each with its reason and what to do. Reads only. */
import { act, type Act } from '../act.ts';
import { effectOf } from './read-effect.ts';
import { spanOf } from './past-days.ts';
import { moneyView } from '../reminder-view.ts';
import type { Session } from '../session.ts';
import { addDays } from '../../domain/days.ts';
import {
  LIMITATION_WARNING_MONTHS,
  suggestionsFrom,
  VAT_BEGAN,
  VAT_RELIEF_MONTHS,
  type Suggestion,
} from '../../domain/insight/suggestions.ts';
import { currencyExponent, type Money } from '../../domain/money.ts';
import {
  beyondLimit,
  brokenPromisers,
  dueBefore,
  issuedBetween,
  splitForAuto,
  type BaseWorth,
  type FindingRow,
} from '../../store/sql/insight/findings.ts';
import { planRuns } from '../../store/sql/plan-runs.ts';
import { ratesOn } from '../../store/sql/rates-on.ts';
import { accountsWithoutAddress } from '../../store/sql/suppressions.ts';

/** Broken promises older than a year say little about today. */
const PROMISE_DAYS = 365;
/** Answers to a level are compared over half a year: a level above POLITE reaches few. */
const EFFECT_DAYS = 182;
const SPLIT_DAYS = 30;

export const readSuggestions = (session: Session) =>
  act(session, 'analytics', async (context) => ({ suggestions: await suggestionsOf(context) }), { isReadOnly: true });

export async function suggestionsOf(context: Act) {
  const { tx, today, company } = context;
  const limits = await beyondLimit(tx, await baseWorths(context));
  const [lastRun] = await planRuns(tx, 1);
  const suggestions = suggestionsFrom({
    nearLimitation: found(await dueBefore(tx, today.subtract({ months: LIMITATION_WARNING_MONTHS }))),
    vatRelief: found(
      await issuedBetween(tx, {
        from: Temporal.PlainDate.from(VAT_BEGAN),
        to: addDays(today.subtract({ months: VAT_RELIEF_MONTHS }), -1),
        dueBeforeOn: today,
      }),
    ),
    brokenPromises: await brokenPromisers(tx, { since: addDays(today, -PROMISE_DAYS), today }),
    returnedAddresses: await accountsWithoutAddress(tx, null),
    beyondLimit: {
      accounts: limits.accounts,
      codes: limits.codes,
      money: limits.accounts === 0 ? [] : [{ minor: limits.overMinor, currency: company.baseCurrency }],
    },
    responses: (await effectOf(context, { from: addDays(today, -EFFECT_DAYS), to: today })).responses,
    overdueAccounts: lastRun?.overdueCustomers ?? 0,
    belowMinimum: lastRun?.skips['below-minimum'] ?? 0,
    splitContacts: await splitForAuto(tx, spanOf(context, { from: addDays(today, -SPLIT_DAYS), to: today })),
  });
  return suggestions.map(suggestionView);
}

const found = (rows: readonly FindingRow[]) => ({
  invoices: rows.reduce((sum, { invoices }) => sum + invoices, 0),
  money: rows.map(({ openMinor, currency }): Money => ({ minor: openMinor, currency })),
});

async function baseWorths({ tx, today, company }: Act): Promise<readonly BaseWorth[]> {
  const scale = (currency: string): bigint => 10n ** BigInt(currencyExponent(currency));
  return (await ratesOn(tx, today))
    .filter(({ currency }) => currency !== company.baseCurrency)
    .map(({ currency, ratePpm }) => ({ currency, dividend: ratePpm * scale(company.baseCurrency), divisor: 1_000_000n * scale(currency) }));
}

const suggestionView = (suggestion: Suggestion) => ({
  code: suggestion.code,
  count: suggestion.count,
  money: 'money' in suggestion ? suggestion.money.map(moneyView) : [],
  customers: 'codes' in suggestion ? suggestion.codes : [],
  ...wordsOf(suggestion),
});

const things = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(Math.round(share * 1_000) / 10)}`;

function wordsOf(suggestion: Suggestion): { readonly because: string; readonly tryThis: string } {
  const { count } = suggestion;
  switch (suggestion.code) {
    case 'near-limitation':
      return {
        because: `${things(count, 'open invoice')} fell due more than four and a half years ago; after five a claim between merchants may be lost.`,
        tryThis:
          'Have somebody who knows the law look at them now: a written acknowledgement or a claim in court stops the clock, a reminder does not.',
      };
    case 'vat-relief':
      return {
        because: `${things(count, 'overdue invoice')} ${count === 1 ? 'is' : 'are'} older than six months: VAT on what is written off may be reclaimed once the customer was told.`,
        tryThis:
          'Ask your tax adviser which; then `wafa write-off INVOICE --reason …`, and notify the customer of number, date and amount.',
      };
    case 'broken-promises':
      return {
        because: `${things(count, 'customer')} with something overdue broke two promises or more within a year.`,
        tryThis: `Call them instead of taking another promise: \`wafa explain ${suggestion.codes[0] ?? 'CUSTOMER'}\`.`,
      };
    case 'credit-limits':
      return {
        because: `${things(count, 'customer')} ${count === 1 ? 'owes' : 'owe'} more than the credit limit.`,
        tryThis: 'Tell sales before the next delivery, or raise the limit where it is too low: `wafa customer show CODE`.',
      };
    case 'returned-addresses':
      return {
        because: `${things(count, 'customer')} cannot be written to: mail came back, and there is no other address.`,
        tryThis: 'Ask for new addresses: `wafa customer tasks`.',
      };
    case 'level-stops-working':
      return {
        because: `Within 14 days of a ${suggestion.level} reminder fewer invoices were settled than the same customers settled at that age before: ${points(suggestion.points)} points (95 %: ${points(suggestion.low)} to ${points(suggestion.high)}; ${things(count, 'customer')}).`,
        tryThis:
          'Look at who they are (`wafa analytics effect`): a call, or another text (`wafa templates`), may do more than the same mail again.',
      };
    case 'below-minimum':
      return {
        because: `The last run left out ${things(count, 'customer')} with something overdue because it is below the minimum.`,
        tryThis: 'See what a lower one would do: `wafa simulate --policy minimum.amount=10`.',
      };
    case 'auto-threshold':
      return {
        because: `In the last 30 days ${things(suggestion.mails, 'mail')} of one invoice each went out in ${things(count, 'contact')} with customers of preference AUTO.`,
        tryThis: 'See what consolidating from two items would do: `wafa simulate --policy consolidation.autoThreshold=2`.',
      };
  }
}

export type SuggestionsView = Awaited<ReturnType<typeof readSuggestions>>;
