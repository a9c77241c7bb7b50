/**
 * Reminders and runs as every face shows them: ids as numbers, amounts as decimal text with their currency, days and instants as ISO
 * text. The shapes are part of the documented JSON; a member is added, never renamed.
 */
import type { SkipReason } from '../domain/decision.ts';
import { decimalText, type Currency, type Money } from '../domain/money.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import type { RunSummary } from '../domain/plan-run.ts';
import type { QueueRow } from '../store/sql/reminders/queue-page.ts';
import type { ReminderLineRow } from '../store/sql/reminders/reminder-row.ts';
import type { PlanRunRow } from '../store/sql/plan-runs.ts';

export interface MoneyView {
  readonly currency: Currency;
  readonly amount: string;
}

export const moneyView = ({ minor, currency }: Money): MoneyView => ({ currency, amount: decimalText(minor, currency) });

const storedMoneyView = ({ currency, minor }: { readonly currency: string; readonly minor: string }): MoneyView =>
  moneyView({ currency, minor: BigInt(minor) });

/** One reminder of the queue. */
export const queueView = (row: QueueRow, baseCurrency: Currency) => ({
  id: row.id,
  version: row.version,
  customer: { code: row.customerCode, name: row.customerName, nameAr: row.customerNameAr },
  type: row.reminderType,
  level: row.escalationLevel,
  status: row.deliveryStatus,
  statusWord: STATUS_WORDS[row.deliveryStatus],
  score: row.priorityScore,
  atRisk: moneyView({ minor: row.atRiskMinor, currency: baseCurrency }),
  invoiceIds: row.invoiceIds,
  items: row.itemCount,
  oldestDaysPastDue: row.oldestDaysPastDue,
  totals: row.totals.map(storedMoneyView),
  baseTotal: row.totalAmountMinor === null ? null : moneyView({ minor: row.totalAmountMinor, currency: baseCurrency }),
  recipient: { name: row.recipientName, address: row.recipientAddress },
  language: row.language,
  scheduledFor: row.scheduledFor.toString(),
  changes: row.reviewChanges,
});

export type QueueView = ReturnType<typeof queueView>;

/** One row of a reminder, in full. */
export const lineView = (line: ReminderLineRow) => ({
  kind: line.kind,
  invoiceId: line.invoiceId,
  paymentId: line.paymentId,
  number: line.number,
  customerReference: line.customerReference,
  branch: { code: line.branchCode, name: line.branchName },
  issuedOn: line.issuedOn.toString(),
  dueOn: line.dueOn?.toString() ?? null,
  daysPastDue: line.daysPastDue,
  total: moneyView({ minor: line.totalMinor, currency: line.currency }),
  balance: moneyView({ minor: line.balanceMinor, currency: line.currency }),
  asked: moneyView({ minor: line.askedMinor, currency: line.currency }),
});

export interface RunView {
  readonly id: number | null;
  readonly asOn: string;
  /** Accounts whose facts, policy or day had moved; the other figures are of all accounts. */
  readonly accountsExamined: number | null;
  readonly overdueItems: number;
  readonly overdueCustomers: number;
  readonly reminders: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly skips: Readonly<Record<string, number>>;
  readonly itemsCovered: number;
  readonly emailsAvoided: number;
  readonly reductionPercent: number;
  readonly totals: readonly MoneyView[];
}

/** A run just planned, or only looked at. */
export const summaryView = (summary: RunSummary, id: number | null, asOn: string, byStatus: Readonly<Record<string, number>>): RunView => ({
  id,
  asOn,
  accountsExamined: null,
  overdueItems: summary.overdueItems,
  overdueCustomers: summary.overdueCustomers,
  reminders: summary.reminders,
  byType: { ...summary.byType },
  byStatus,
  skips: { ...summary.skips },
  itemsCovered: summary.itemsCovered,
  emailsAvoided: summary.emailsAvoided,
  reductionPercent: summary.reductionPercent,
  totals: summary.totals.map(moneyView),
});

/** A run as stored. */
export const storedRunView = (run: PlanRunRow, byStatus: Readonly<Record<string, number>>): RunView => {
  const emailsAvoided = run.itemsCovered - run.reminders;
  return {
    id: run.id,
    asOn: run.asOn.toString(),
    accountsExamined: run.accountsExamined,
    overdueItems: run.overdueItems,
    overdueCustomers: run.overdueCustomers,
    reminders: run.reminders,
    byType: run.byType,
    byStatus,
    skips: run.skips,
    itemsCovered: run.itemsCovered,
    emailsAvoided,
    reductionPercent: run.itemsCovered === 0 ? 0 : Math.round((100 * emailsAvoided) / run.itemsCovered),
    totals: run.totals.map(storedMoneyView),
  };
};

/** A reason with its days as ISO text. */
export const reasonView = (reason: SkipReason): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(reason).map(([key, value]) => [key, value instanceof Temporal.PlainDate ? value.toString() : value]));
