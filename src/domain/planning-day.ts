/**
 * What every account of a run has in common: the policy's amounts in minor units, the rates, when mail can leave, the last due
 * day that triggers. Worked out once per context and remembered with it, because a run asks for it 200,000 times. A customer who
 * keeps another week is judged on a day of its own: the same date, seen on its contact calendar.
 */
import type { Account, CompanyFacts } from './account-facts.ts';
import { type BaseCurrency, baseCurrencyOf } from './base-currency.ts';
import type { CalendarPresetName } from './calendar/calendar-presets.ts';
import { calendarDayOf, type ContactCalendar } from './calendar/contact-calendar.ts';
import { fromEpochDay, rememberByNumber } from './calendar/epoch-day.ts';
import { quietSeason } from './calendar/quiet-season.ts';
import { addWorkingDays, firstWorkingDayAfterLongBreak, latestDueOnOverdueBy, workingDaysBetween } from './calendar/working-days.ts';
import { addDays, type Day, dayNumber, type Instant, isBefore, laterOf } from './days.ts';
import { type Currency, currencyExponent, minorFromDecimal } from './money.ts';
import type { Policy } from './policy.ts';
import { nextAutomaticSending, nextSending, type SendingTime } from './scheduling.ts';

/** Everything a decision may depend on besides the account's own facts. */
export interface PlanningContext {
  readonly company: CompanyFacts;
  readonly policy: Policy;
  /** The company's contact calendar. */
  readonly calendar: ContactCalendar;
  /** The contact calendar of a customer who keeps a week of its own. */
  readonly calendarOf: (preset: CalendarPresetName) => ContactCalendar;
  /** The civil day whose facts are judged. */
  readonly asOn: Day;
  /** Business time: when mail may leave is looked for from here. */
  readonly now: Instant;
}

/** `calendar` is the one judged by: the company's, or the customer's own. */
export interface PlanningDay extends PlanningContext {
  readonly asNumber: number;
  readonly base: BaseCurrency;
  readonly minimumMinor: bigint;
  readonly residueMinor: bigint;
  readonly residueCeilingMinor: bigint;
  readonly approvalLimitMinor: bigint;
  readonly priorityReferenceMinor: bigint;
  readonly sending: SendingTime;
  readonly automaticSending: SendingTime;
  /** The day a contact made now would fall on: the sending day, or the judged day when that is later. */
  readonly contactOn: Day;
  readonly contactOnPlus: (days: number) => Day;
  /** The day of a day number, remembered: a run names the same few days for most accounts. */
  readonly dayAt: (number: number) => Day;
  /** The date a FINAL names; `null` when the calendar does not reach that far. */
  readonly finalDeadlineOn: Day | null;
  readonly quietSeasonUntil: Day | null;
  readonly isAfterLongBreak: boolean;
  /** Ledger date that is too old to act on, or `null`. */
  readonly ledgerStaleSince: Day | null;
  /** Invoices came in and receipts never did: what was paid is anybody's guess, so nothing leaves without a person. */
  readonly areReceiptsUnknown: boolean;
  /** Day number of the latest due day that is overdue by the trigger's working days and this much grace more. */
  readonly latestTriggeringDue: (graceDays: number) => number;
}

interface KnownDays {
  readonly company: PlanningDay;
  readonly byPreset: Map<CalendarPresetName, PlanningDay>;
}

const known = new WeakMap<PlanningContext, KnownDays>();

/** The day on the company's own calendar: for everything that is not about one account. */
export const planningDay = (context: PlanningContext): PlanningDay => knownDays(context).company;

/** The day as it is for one account: on its own calendar when it keeps one. Trigger, grace, windows and seasons all follow it. */
export function accountDay({ calendarPreset }: Pick<Account, 'calendarPreset'>, context: PlanningContext): PlanningDay {
  const days = knownDays(context);
  if (calendarPreset === null) return days.company;
  const remembered = days.byPreset.get(calendarPreset);
  if (remembered) return remembered;
  const day = onCustomersCalendar(context, calendarPreset);
  days.byPreset.set(calendarPreset, day);
  return day;
}

function knownDays(context: PlanningContext): KnownDays {
  const remembered = known.get(context);
  if (remembered) return remembered;
  const days: KnownDays = { company: workOut(context), byPreset: new Map() };
  known.set(context, days);
  return days;
}

/**
 * The ledger is the company's, so its age is counted on the company's calendar. Nor does a customer at work mean that the company's
 * receipts are booked: while the company has a day off, or comes back from a long break, a person looks first.
 */
function onCustomersCalendar(context: PlanningContext, preset: CalendarPresetName): PlanningDay {
  const day = workOut({ ...context, calendar: context.calendarOf(preset) });
  const home = calendarDayOf(context.calendar, day.contactOn);
  const isHomeAway = home.kind === 'off' && !home.isWeeklyRest;
  return {
    ...day,
    ledgerStaleSince: staleSince(context),
    isAfterLongBreak: day.isAfterLongBreak || isHomeAway || firstWorkingDayAfterLongBreak(context.calendar, day.contactOn),
  };
}

function workOut(context: PlanningContext): PlanningDay {
  const { company, policy, calendar, asOn } = context;
  const minor = (text: string): bigint => policyMinor(text, company.baseCurrency);
  const from = openFrom(context);
  const sending = nextSending(calendar, from);
  const contactOn = sending.kind === 'at' ? laterOf(sending.on, asOn) : asOn;
  return {
    ...context,
    asNumber: dayNumber(asOn),
    base: baseCurrencyOf(company, asOn, policy.rates.maxAgeDays),
    minimumMinor: minor(policy.minimum.amount),
    residueMinor: minor(policy.trigger.residueAmount),
    residueCeilingMinor: minor(policy.trigger.residueCeiling),
    approvalLimitMinor: minor(policy.approval.limit),
    priorityReferenceMinor: minor(policy.priority.reference),
    sending,
    automaticSending: nextAutomaticSending(calendar, from, policy),
    contactOn,
    contactOnPlus: rememberByNumber((days) => addDays(contactOn, days)),
    dayAt: rememberByNumber(fromEpochDay),
    finalDeadlineOn: workingDayOrNull(calendar, contactOn, policy.final.deadlineWorkingDays + policy.final.reserveWorkingDays),
    quietSeasonUntil: quietSeason(calendar, contactOn)?.until ?? null,
    isAfterLongBreak: firstWorkingDayAfterLongBreak(calendar, contactOn),
    ledgerStaleSince: staleSince(context),
    areReceiptsUnknown: areReceiptsUnknown(context.company.ledgerAsOn),
    latestTriggeringDue: rememberByNumber((graceDays) => latestTriggeringDue(context, graceDays)),
  };
}

/** The company's own "quiet until" holds even when the calendar was compiled without it. */
export const openFrom = ({ now, company: { quietUntil } }: Pick<PlanningContext, 'now' | 'company'>): Instant =>
  quietUntil !== null && Temporal.Instant.compare(now, quietUntil) < 0 ? quietUntil : now;

/** The working day `count` after `day`, or `null` when the calendar does not know that year. */
export function workingDayOrNull(calendar: ContactCalendar, day: Day, count: number): Day | null {
  const found = addWorkingDays(calendar, day, count);
  return found.kind === 'day' ? found.on : null;
}

/**
 * An item is old enough when it is overdue by the working days *and* past the first step of the ladder. On a calendar without
 * data nothing is old enough; the account is then skipped for the calendar.
 */
function latestTriggeringDue({ calendar, asOn, policy }: PlanningContext, graceDays: number): number {
  const latest = latestDueOnOverdueBy(calendar, { asOn, workingDays: policy.trigger.workingDays + graceDays });
  if (latest.kind !== 'day') return Number.NEGATIVE_INFINITY;
  return Math.min(dayNumber(latest.on), dayNumber(asOn) - policy.ladder.politeFromDays);
}

const areReceiptsUnknown = ({ invoices, receipts }: PlanningContext['company']['ledgerAsOn']): boolean =>
  invoices !== null && receipts === null;

/** The older of the two ledger dates when it is more working days old than allowed; a kind that never came in has no age (see `areReceiptsUnknown`). */
function staleSince({ company, calendar, policy, asOn }: PlanningContext): Day | null {
  const { invoices, receipts } = company.ledgerAsOn;
  const oldest = invoices && receipts ? (isBefore(receipts, invoices) ? receipts : invoices) : (invoices ?? receipts);
  if (oldest === null) return null;
  const age = workingDaysBetween(calendar, oldest, asOn);
  // Where no working days are known civil days stand in: a ledger of today is not old because nobody knows this year's holidays.
  const days = age.kind === 'no-data' ? dayNumber(asOn) - dayNumber(oldest) : age.days;
  return days > policy.ledger.staleWorkingDays ? oldest : null;
}

/** Policy amounts allow three decimals, for the currencies that have them; what a currency cannot hold is cut off. */
function policyMinor(text: string, currency: Currency): bigint {
  const [whole = '0', decimals = ''] = text.split('.');
  const kept = decimals.slice(0, currencyExponent(currency));
  return minorFromDecimal(kept === '' ? whole : `${whole}.${kept}`, currency);
}
