/**
 * Figures of days: the stored ones where the day was taken, and otherwise counted from the facts, so that a trend is there before a daemon ever
 * ran. Today is always counted.
 */
import type { Act } from '../act.ts';
import { addDays, dayNumber, daysBetween, isBefore, type Day } from '../../domain/days.ts';
import { agedBalances, inBuckets, type LedgerDay } from '../../domain/insight/ledger-day.ts';
import { mailDays, volumeDays, type MailGroup, type Span, type VolumeDayRow } from '../../store/sql/insight/mail-days.ts';
import { billedByDay, openByDueDay, overdueAccounts, type BilledRow } from '../../store/sql/insight/open-balances.ts';
import { storedBalances, storedBillings, storedMails, storedVolumes, takenDays } from '../../store/sql/insight/snapshots.ts';

export interface Days {
  readonly from: Day;
  /** Included. */
  readonly to: Day;
}

type Reading = Pick<Act, 'tx' | 'today' | 'company' | 'policy'>;

/** The instants of some days of the company. */
export const spanOf = ({ company: { timeZone } }: Pick<Act, 'company'>, { from, to }: Days): Span => ({
  from: from.toZonedDateTime(timeZone).toInstant(),
  to: addDays(to, 1).toZonedDateTime(timeZone).toInstant(),
  timeZone,
});

/** What was open at the end of the days named, each currency a row; days without anything open have none. */
export async function balancesOn(act: Reading, days: readonly Day[]): Promise<readonly LedgerDay[]> {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const taken = new Set((await takenBefore(act, { from: first, to: last })).map(String));
  const rows = [
    ...(await storedBalances(
      act.tx,
      days.filter((on) => taken.has(on.toString())),
    )),
  ];
  for (const on of days) if (!taken.has(on.toString())) rows.push(...(await countedBalances(act, on)));
  return rows.toSorted((a, b) => dayNumber(a.on) - dayNumber(b.on) || (a.currency < b.currency ? -1 : 1));
}

/** The balances of a day from the ledger itself. */
export async function countedBalances({ tx }: Pick<Act, 'tx'>, on: Day): Promise<readonly LedgerDay[]> {
  const aged = agedBalances(await openByDueDay(tx, on), on);
  const accounts = new Map((await overdueAccounts(tx, on)).map((row) => [row.currency, row.accounts]));
  const billed = new Map((await billedByDay(tx, { from: on, to: on })).map((row) => [row.currency, row.billedMinor]));
  const currencies = [...new Set([...aged.map(({ currency }) => currency), ...billed.keys()])].toSorted();
  return currencies.map((currency) => {
    const balance = aged.find((one) => one.currency === currency);
    const items = Object.values(balance?.itemsByBucket ?? inBuckets(0)).reduce((sum, count) => sum + count, 0);
    return {
      on,
      currency,
      billedMinor: billed.get(currency) ?? 0n,
      minorByBucket: balance?.minorByBucket ?? inBuckets(0n),
      openItems: items,
      overdueItems: items - (balance?.itemsByBucket.current ?? 0),
      overdueAccounts: accounts.get(currency) ?? 0,
    };
  });
}

/** What was billed on each day; only days on which something was. */
export async function billingsIn(act: Reading, days: Days): Promise<readonly BilledRow[]> {
  return await fromBoth(act, days, { stored: storedBillings, counted: (missing) => billedByDay(act.tx, missing) });
}

/** Added up over the days by weekday. */
export async function mailsIn(act: Reading, days: Days): Promise<readonly MailGroup[]> {
  const taken = await takenBefore(act, days);
  const last = taken.at(-1);
  // Only days that were taken have rows, and today never is.
  const rows = last === undefined ? [] : [...(await storedMails(act.tx, { from: days.from, to: last }))];
  for (const gap of gapsBetween(days, taken))
    for (const { on, ...row } of await mailDays(act.tx, spanOf(act, gap))) rows.push({ ...row, weekday: on.dayOfWeek });
  return rows;
}

export async function volumesIn(act: Reading, days: Days): Promise<readonly VolumeDayRow[]> {
  const { individualsPerDay } = act.policy.consolidation;
  return await fromBoth(act, days, {
    stored: storedVolumes,
    counted: (missing) => volumeDays(act.tx, spanOf(act, missing), individualsPerDay),
  });
}

const takenBefore = async ({ tx, today }: Reading, days: Days): Promise<readonly Day[]> =>
  (await takenDays(tx, days)).filter((on) => isBefore(on, today));

interface Sources<Row> {
  stored(tx: Act['tx'], days: Days): Promise<readonly Row[]>;
  counted(missing: Days): Promise<readonly Row[]>;
}

/** One read of what is stored, and one count for each unbroken stretch of days that is not. */
async function fromBoth<Row extends { readonly on: Day }>(
  act: Reading,
  days: Days,
  { stored, counted }: Sources<Row>,
): Promise<readonly Row[]> {
  const taken = await takenBefore(act, days);
  const known = new Set(taken.map(String));
  const rows = taken.length === 0 ? [] : (await stored(act.tx, days)).filter(({ on }) => known.has(on.toString()));
  const fresh: Row[] = [];
  for (const gap of gapsBetween(days, taken)) fresh.push(...(await counted(gap)));
  return byDay([...rows, ...fresh]);
}

/** Each day's number is taken once: a comparison that asked for it would cost more than reading the rows. */
const byDay = <Row extends { readonly on: Day }>(rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({ row, at: dayNumber(row.on) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ row }) => row);

/** Stretches of `days` without any of the taken ones, which are in order. */
export function gapsBetween({ from, to }: Days, taken: readonly Day[]): readonly Days[] {
  const gaps: Days[] = [];
  let next = from;
  for (const on of taken) {
    if (daysBetween(next, on) > 0) gaps.push({ from: next, to: addDays(on, -1) });
    next = addDays(on, 1);
  }
  if (daysBetween(next, to) >= 0) gaps.push({ from: next, to });
  return gaps;
}
