/**
 * Everything the planner may know about one account on one day. Loaded in one set-based read, as of that day: nothing in
 * here was issued, paid, said or done after it. Amounts are minor units of the row's currency; credits carry negative balances.
 */
import type { CalendarPresetName } from './calendar/calendar-presets.ts';
import type { Day, Instant } from './days.ts';
import type { BlockId, ContactId, CustomerId, InvoiceId, PaymentId, ReminderId } from './ids.ts';
import type { Currency } from './money.ts';
import type {
  BlockKind,
  BusinessType,
  CollectionStatus,
  ConsolidationPreference,
  DeliveryStatus,
  EscalationLevel,
  Language,
  ReminderOrigin,
  ReminderType,
} from './vocabulary.ts';

/** The customer who is written to: the bill-to of its branches, or itself. */
export interface Account {
  readonly id: CustomerId;
  readonly code: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly businessType: BusinessType | null;
  readonly isActive: boolean;
  readonly collectionStatus: CollectionStatus;
  /** `null`: the company's default applies. */
  readonly language: Language | null;
  readonly consolidationPreference: ConsolidationPreference;
  /** Base-currency minor units above which a person must approve; `null`: only the company's limit applies. */
  readonly maxConsolidationMinor: bigint | null;
  /** Civil days; may lengthen the policy's interval, never shorten it. */
  readonly preferredContactIntervalDays: number | null;
  /** Extra working days before an item triggers. */
  readonly graceDays: number | null;
  /** The week and days off the customer keeps; `null`: the company's own. */
  readonly calendarPreset: CalendarPresetName | null;
  readonly customerSince: Day | null;
  /** First day of the present run of overdue days; `null` when nothing was overdue when last planned. */
  readonly episodeStartedOn: Day | null;
}

/** `ON_ACCOUNT` is the unallocated rest of a payment; the others are ledger documents. */
export type OpenItemKind = 'INVOICE' | 'CREDIT_NOTE' | 'ADVANCE' | 'ON_ACCOUNT';

export interface OpenItem {
  readonly kind: OpenItemKind;
  /** Set for ledger documents. */
  readonly invoiceId: InvoiceId | null;
  /** Set for `ON_ACCOUNT`. */
  readonly paymentId: PaymentId | null;
  readonly number: string;
  /** The customer's own reference (LPO). */
  readonly customerReference: string | null;
  /** The branch that bought: the account itself or one billed to it. */
  readonly branchId: CustomerId;
  readonly branchCode: string;
  readonly branchName: string;
  readonly issuedOn: Day;
  /** Invoices always have one; credits, advances and cash on account never do. */
  readonly dueOn: Day | null;
  readonly isDueComputed: boolean;
  readonly currency: Currency;
  /** Document total, positive for every kind. */
  readonly totalMinor: bigint;
  /** What is open as of the day: positive for invoices, negative for credits, advances and cash on account. */
  readonly balanceMinor: bigint;
  /** A credit note's own invoice, when the ledger names it. */
  readonly linkedInvoiceId: InvoiceId | null;
}

export interface Block {
  readonly id: BlockId;
  readonly kind: BlockKind;
  /** `null`: the whole account. */
  readonly invoiceId: InvoiceId | null;
  /** Blocks only this much of the item; `null`: all of it. */
  readonly amountMinor: bigint | null;
  readonly reason: string;
  readonly reference: string | null;
  readonly startedOn: Day;
  /** Last day the block holds, grace included; `null`: until lifted. */
  readonly untilOn: Day | null;
}

export interface Recipient {
  readonly contactId: ContactId;
  readonly name: string;
  readonly nameAr: string | null;
  readonly title: string | null;
  readonly address: string;
  readonly language: Language | null;
  /** Levels this person receives; empty means all. */
  readonly levels: readonly EscalationLevel[];
  readonly isPrimary: boolean;
  /** Why nothing may go to this address, or `null`. */
  readonly suppressedWhy: string | null;
  /** Day of the last contact to this address for another account of the company, and on how many of the last 7 days there was one. */
  readonly addressLastContactOn: Day | null;
  readonly addressContactsIn7Days: number;
  /** True when this account has been written to at this address before. */
  readonly isKnown: boolean;
}

/**
 * One past contact of the account: everything sent to it on one civil day. Bounced, refused and failed mail is not listed, for
 * it counts for neither interval nor ladder; unclear and resent mail is.
 */
export interface PastContact {
  readonly on: Day;
  /** Highest level sent that day; `null` for a call or visit logged as a contact. */
  readonly level: EscalationLevel | null;
  /** True once a reminder of that level was accepted (SENT or DELIVERED, not bounced): only these raise the ladder. */
  readonly isDelivered: boolean;
  readonly isAutomatic: boolean;
  /** The date a FINAL named, else `null`. */
  readonly finalDeadlineOn: Day | null;
}

export interface LiveReminder {
  readonly id: ReminderId;
  /** Raised by every change; whoever changes it next names the version it saw. */
  readonly version: number;
  readonly status: DeliveryStatus;
  readonly type: ReminderType;
  readonly level: EscalationLevel;
  readonly origin: ReminderOrigin;
  readonly digest: string;
  readonly invoiceIds: readonly InvoiceId[];
  readonly proposedOn: Day;
  readonly isApprovedByPerson: boolean;
  /** A person gave it its level or its items. */
  readonly isShaped: boolean;
}

/** The account's own past, point in time: only what had happened by the day. */
export interface PaymentBehaviour {
  /** Those due in the last two years and settled by the day. */
  readonly settledInvoices: number;
  /** The same, each counted by how recent it is (`recencyWeight`). */
  readonly settledWeight: number;
  /** Mean days from due to settlement over those, by weight; on time or early is 0, a year is the most. `null` without any. */
  readonly meanDaysLate: number | null;
  /** Share of them, by weight, paid more than 60 days late, 0-1; `null` without any. */
  readonly lateShare: number | null;
  readonly brokenPromises: number;
  readonly keptPromises: number;
}

export interface AccountFacts {
  readonly account: Account;
  readonly items: readonly OpenItem[];
  /** Standing blocks only. */
  readonly blocks: readonly Block[];
  readonly recipients: readonly Recipient[];
  /** Newest first; covers the episode and at least the last 30 days. */
  readonly contacts: readonly PastContact[];
  readonly liveReminders: readonly LiveReminder[];
  readonly behaviour: PaymentBehaviour;
}

/** Facts about the company that every account's decision needs. */
export interface CompanyFacts {
  readonly baseCurrency: Currency;
  readonly timeZone: string;
  /** Newest ledger date per kind of fact; `null` when that kind never came in. */
  readonly ledgerAsOn: { readonly invoices: Day | null; readonly receipts: Day | null };
  /** Nothing is sent until this instant; `null`: not quiet. */
  readonly quietUntil: Instant | null;
  /** Units of base currency per unit of a currency, newest on or before the day. */
  readonly rates: readonly { readonly currency: Currency; readonly ratePpm: bigint; readonly quotedOn: Day }[];
}
