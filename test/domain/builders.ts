/**
 * Builders for the rules' tests: an account on Monday 23 November 2026 that owes nothing and may be written to, and one small
 * function for each fact a test wants to add. Amounts are decimal text in AED unless a currency is given.
 */
import type {
  Account,
  AccountFacts,
  Block,
  CompanyFacts,
  LiveReminder,
  OpenItem,
  PastContact,
  Recipient,
} from '../../src/domain/account-facts.ts';
import { CALENDAR_PRESETS, type CalendarPresetName } from '../../src/domain/calendar/calendar-presets.ts';
import { compileCalendar } from '../../src/domain/calendar/contact-calendar.ts';
import { SHIPPED_DAYS_OFF } from '../../src/domain/calendar/shipped-days-off.ts';
import type { Day } from '../../src/domain/days.ts';
import type { AccountDecision, ProposedReminder, SkipReason } from '../../src/domain/decision.ts';
import { asId } from '../../src/domain/ids.ts';
import { decimalText, minorFromDecimal } from '../../src/domain/money.ts';
import type { PlanningContext } from '../../src/domain/planning-day.ts';
import { setPolicyValues } from '../../src/domain/policy/change.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';

export const day = (text: string): Day => Temporal.PlainDate.from(text);

/** A Monday without days off around it. */
export const TODAY = day('2026-11-23');

export const daysAgo = (days: number, from: Day = TODAY): Day => from.subtract({ days });

const CALENDARS = new Map<CalendarPresetName, PlanningContext['calendar']>();

export function calendarOf(preset: CalendarPresetName): PlanningContext['calendar'] {
  const compiled = CALENDARS.get(preset) ?? compileCalendar({ ...CALENDAR_PRESETS[preset], layers: [SHIPPED_DAYS_OFF], quietUntil: null });
  CALENDARS.set(preset, compiled);
  return compiled;
}

export interface ContextChanges {
  readonly asOn?: Day;
  /** Dubai wall-clock time on the day judged. */
  readonly at?: string;
  readonly policy?: Readonly<Record<string, string>>;
  readonly company?: Partial<CompanyFacts>;
}

/** 08:00 in Dubai on the day, default policy: the calendar opens at 09:00. */
export function context({ asOn = TODAY, at = '08:00', policy = {}, company = {} }: ContextChanges = {}): PlanningContext {
  const settled = setPolicyValues(DEFAULT_POLICY, policy);
  return {
    company: {
      baseCurrency: 'AED',
      timeZone: 'Asia/Dubai',
      ledgerAsOn: { invoices: null, receipts: null },
      quietUntil: null,
      rates: [{ currency: 'USD', ratePpm: 3_672_500n, quotedOn: asOn.subtract({ days: 10 }) }],
      ...company,
    },
    policy: settled,
    calendar: calendarOf(settled.calendar.preset),
    calendarOf,
    asOn,
    now: asOn.toZonedDateTime({ timeZone: 'Asia/Dubai', plainTime: Temporal.PlainTime.from(at) }).toInstant(),
  };
}

export type FactsChanges = Partial<Omit<AccountFacts, 'account' | 'behaviour'>> & {
  readonly account?: Partial<Account>;
  readonly behaviour?: Partial<AccountFacts['behaviour']>;
};

/** An active customer of three years in normal collection, with one known contact and nothing open. */
export function account(changes: FactsChanges = {}): AccountFacts {
  return {
    items: [],
    blocks: [],
    recipients: [recipient()],
    contacts: [],
    liveReminders: [],
    ...changes,
    account: {
      id: asId(17),
      code: 'C-17',
      name: 'Al Noor Trading LLC',
      nameAr: null,
      businessType: 'LLC',
      isActive: true,
      collectionStatus: 'NORMAL',
      language: null,
      consolidationPreference: 'ENABLED',
      maxConsolidationMinor: null,
      preferredContactIntervalDays: null,
      graceDays: null,
      calendarPreset: null,
      customerSince: day('2023-11-23'),
      episodeStartedOn: null,
      ...changes.account,
    },
    behaviour: {
      settledInvoices: 0,
      settledWeight: 0,
      meanDaysLate: null,
      lateShare: null,
      brokenPromises: 0,
      keptPromises: 0,
      ...changes.behaviour,
    },
  };
}

/** An account that owes these items, in an episode that began when the oldest fell due. */
export const owing = (items: readonly OpenItem[], changes: FactsChanges = {}): AccountFacts =>
  account({ items, ...changes, account: { episodeStartedOn: day('2020-01-01'), ...changes.account } });

interface ItemChanges extends Partial<OpenItem> {
  readonly id?: number;
  /** Days past due on the day judged; 30 unless given. */
  readonly overdueFor?: number;
  readonly asOn?: Day;
}

/** An invoice with its whole amount open, 30 days past due. */
export function invoice(amount: string, { id = 1, overdueFor = 30, asOn = TODAY, ...changes }: ItemChanges = {}): OpenItem {
  const currency = changes.currency ?? 'AED';
  const minor = minorFromDecimal(amount, currency);
  const dueOn = asOn.subtract({ days: overdueFor });
  return {
    kind: 'INVOICE',
    invoiceId: asId(id),
    paymentId: null,
    number: `INV-${id}`,
    customerReference: null,
    branchId: asId(17),
    branchCode: 'C-17',
    branchName: 'Al Noor Trading LLC',
    issuedOn: dueOn.subtract({ days: 30 }),
    dueOn,
    isDueComputed: false,
    currency,
    totalMinor: minor,
    balanceMinor: minor,
    linkedInvoiceId: null,
    ...changes,
  };
}

export function creditNote(amount: string, { id = 101, ...changes }: ItemChanges = {}): OpenItem {
  const base = invoice(amount, { id, number: `CN-${id}`, ...changes });
  return { ...base, kind: 'CREDIT_NOTE', dueOn: null, balanceMinor: -base.balanceMinor };
}

export const advance = (amount: string, changes: ItemChanges = {}): OpenItem => ({ ...creditNote(amount, changes), kind: 'ADVANCE' });

/** The part of a payment nobody has matched to an invoice. */
export const cashOnAccount = (amount: string, { id = 201, ...changes }: ItemChanges = {}): OpenItem => ({
  ...creditNote(amount, { id, number: `PAY-${id}`, ...changes }),
  kind: 'ON_ACCOUNT',
  invoiceId: null,
  paymentId: asId(id),
});

export const block = (kind: Block['kind'], changes: Partial<Block> = {}): Block => ({
  id: asId(1),
  kind,
  invoiceId: null,
  amountMinor: null,
  reason: 'said so on the phone',
  reference: null,
  startedOn: daysAgo(3),
  untilOn: null,
  ...changes,
});

export const recipient = (changes: Partial<Recipient> = {}): Recipient => ({
  contactId: asId(7),
  name: 'Ahmed Al Mansoori',
  nameAr: null,
  title: null,
  address: 'accounts@alnoor.example',
  language: null,
  levels: [],
  isPrimary: true,
  suppressedWhy: null,
  addressLastContactOn: null,
  addressContactsIn7Days: 0,
  isKnown: true,
  ...changes,
});

export const contact = (level: PastContact['level'], daysBefore: number, changes: Partial<PastContact> = {}): PastContact => ({
  on: daysAgo(daysBefore),
  level,
  isDelivered: true,
  isAutomatic: true,
  finalDeadlineOn: null,
  ...changes,
});

export const liveReminder = (changes: Partial<LiveReminder> = {}): LiveReminder => ({
  id: asId(41),
  version: 1,
  status: 'PROPOSED',
  type: 'CONSOLIDATED',
  level: 'POLITE',
  origin: 'PLANNED',
  digest: 'd',
  invoiceIds: [asId(1)],
  proposedOn: daysAgo(1),
  isApprovedByPerson: false,
  isShaped: false,
  ...changes,
});

/** The reminders of a decision; none for a skip. */
export const remindersOf = ({ outcome }: AccountDecision): readonly ProposedReminder[] =>
  outcome.kind === 'reminders' ? outcome.reminders : [];

/** The only reminder of a decision; fails with the skip when there is none. */
export function reminderOf(decision: AccountDecision): ProposedReminder {
  const [reminder, ...more] = remindersOf(decision);
  if (reminder === undefined || more.length > 0) throw new Error(`expected one reminder, got ${skipText(decision)}`);
  return reminder;
}

/** The reason of a skip, `null` when reminders were made. */
export const skipOf = ({ outcome }: AccountDecision): SkipReason | null => (outcome.kind === 'skip' ? outcome.reason : null);

const skipText = (decision: AccountDecision): string => skipOf(decision)?.code ?? `${remindersOf(decision).length} reminders`;

/** Totals as `AED 9000.00`. */
export const totalsOf = (reminder: ProposedReminder): readonly string[] =>
  reminder.totals.map(({ minor, currency }) => `${currency} ${decimalText(minor, currency)}`);

/** Rows as `INV-1 5000.00`, in order. */
export const rowsOf = (reminder: ProposedReminder): readonly string[] =>
  reminder.lines.map((line) => `${line.number} ${decimalText(line.askedMinor, line.currency)}`);
