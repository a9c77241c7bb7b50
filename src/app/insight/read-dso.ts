/** Days sales outstanding and its kin per currency, over the last days and at the end of each month. Reads only. */
import { act, type Act } from '../act.ts';
import { tenthsView } from './insight-view.ts';
import { balancesOn, billingsIn } from './past-days.ts';
import { moneyView } from '../reminder-view.ts';
import type { Session } from '../session.ts';
import { addDays, dayNumber, daysBetween, type Day } from '../../domain/days.ts';
import { receivableMinor, type LedgerDay } from '../../domain/insight/ledger-day.ts';
import {
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  simpleDso,
  type BilledMonth,
} from '../../domain/insight/receivables.ts';

export interface DsoRequest {
  /** Today if left out. */
  readonly asOf?: Day;
  /** Ends of months to look back at. */
  readonly months: number;
}

/** The window of the simple figures: a quarter smooths one large invoice, a year would hide that things got worse. */
const WINDOW_DAYS = 90;
/** Receivables that a year of billing does not use up are told as such: the figure would say nothing more. */
const COUNTBACK_MONTHS = 12;

export const readDso = (session: Session, request: DsoRequest) =>
  act(session, 'analytics', (context) => dsoAt(context, request), { isReadOnly: true });

export async function dsoAt(context: Act, { asOf = context.today, months }: DsoRequest) {
  const ends = [...Array.from({ length: months }, (_, ago) => asOf.with({ day: 1 }).subtract({ months: months - 1 - ago, days: 1 })), asOf];
  const first = ends[0] ?? asOf;
  const openings = ends.map((on) => addDays(on, -WINDOW_DAYS));
  const balances = await balancesOn(
    context,
    [...new Map([...openings, ...ends].map((on) => [on.toString(), on])).values()].toSorted(Temporal.PlainDate.compare),
  );
  const billings = await billingsIn(context, { from: first.with({ day: 1 }).subtract({ months: COUNTBACK_MONTHS }), to: asOf });
  const currencies = [...new Set(balances.map(({ currency }) => currency))].toSorted();
  const at = (currency: string, on: Day): LedgerDay | undefined => balances.find((day) => day.currency === currency && day.on.equals(on));
  const billed = Map.groupBy(billings, ({ currency }) => currency);
  const ofDays = new Map(
    [...billed].map(([currency, rows]) => [currency, rows.map((row) => ({ at: dayNumber(row.on), billedMinor: row.billedMinor }))]),
  );
  const figures = (currency: string, on: Day) =>
    figuresOf(on, {
      end: at(currency, on),
      opening: at(currency, addDays(on, -WINDOW_DAYS)),
      billings: ofDays.get(currency) ?? [],
      currency,
    });
  return {
    asOf: asOf.toString(),
    days: WINDOW_DAYS,
    currencies: currencies.map((currency) => figures(currency, asOf)),
    trend: ends.flatMap((on) => currencies.map((currency) => figures(currency, on))),
  };
}

export type DsoView = Awaited<ReturnType<typeof dsoAt>>;

interface Facts {
  readonly currency: string;
  readonly end: LedgerDay | undefined;
  readonly opening: LedgerDay | undefined;
  readonly billings: readonly BilledDay[];
}

function figuresOf(on: Day, { currency, end, opening, billings }: Facts) {
  const from = addDays(on, 1 - WINDOW_DAYS);
  const period = {
    days: WINDOW_DAYS,
    openingMinor: opening === undefined ? 0n : receivableMinor(opening),
    billedMinor: billedIn(billings, from, on),
    receivableMinor: end === undefined ? 0n : receivableMinor(end),
    currentMinor: end?.minorByBucket.current ?? 0n,
  };
  return {
    on: on.toString(),
    currency,
    open: moneyView({ minor: period.receivableMinor, currency }),
    billed: moneyView({ minor: period.billedMinor, currency }),
    dso: tenthsView(simpleDso(period)),
    countback: tenthsView(countbackDso(period.receivableMinor, monthsBefore(billings, on))),
    bestPossible: tenthsView(bestPossibleDso(period)),
    averageDaysDelinquent: tenthsView(averageDaysDelinquent(period)),
    collectionEffectiveness: tenthsView(collectionEffectiveness(period)),
  };
}

interface BilledDay {
  /** Its number, since each is compared with many others. */
  readonly at: number;
  readonly billedMinor: bigint;
}

function billedIn(billings: readonly BilledDay[], from: Day, to: Day): bigint {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return billings.reduce((sum, { at, billedMinor }) => (at < first || at > last ? sum : sum + billedMinor), 0n);
}

function monthsBefore(billings: readonly BilledDay[], on: Day): readonly BilledMonth[] {
  return Array.from({ length: COUNTBACK_MONTHS }, (_, ago) => {
    const starts = on.with({ day: 1 }).subtract({ months: ago });
    const ends = ago === 0 ? on : addDays(starts.add({ months: 1 }), -1);
    return { days: daysBetween(starts, ends) + 1, billedMinor: billedIn(billings, starts, ends) };
  });
}
