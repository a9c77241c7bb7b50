/**
 * What planning yields for an account: reminders, or one reason for silence with everything else that is true as well.
 * A reminder here is complete enough to be stored, shown, approved and rendered without looking at the ledger again.
 */
import type { Day, Instant } from './days.ts';
import type { ContactId, CustomerId, InvoiceId, PaymentId, ReminderId } from './ids.ts';
import type { Currency, Money } from './money.ts';
import type { OpenItemKind } from './account-facts.ts';
import type { BlockKind, CollectionStatus, EscalationLevel, Language, ReminderType } from './vocabulary.ts';

/** Why an account gets no reminder, in the order they are judged: the first that holds is the reason, the rest are also true. */
export type SkipReason =
  | { readonly code: 'inactive' }
  | { readonly code: 'not-collectable'; readonly status: CollectionStatus }
  | { readonly code: 'nothing-overdue' }
  | { readonly code: 'no-valid-address' }
  | { readonly code: 'suppressed'; readonly why: string }
  | { readonly code: 'reply-awaiting' }
  /** `until`: the last blocked day of the item that comes free first; `null` when none has an end. */
  | { readonly code: 'blocked'; readonly kinds: readonly BlockKind[]; readonly until: Day | null }
  | { readonly code: 'net-not-positive' }
  | { readonly code: 'below-minimum' }
  | { readonly code: 'not-yet'; readonly on: Day }
  | { readonly code: 'reminder-live'; readonly id: ReminderId }
  | { readonly code: 'ladder-complete' }
  /** `until`: the first day a contact is allowed again; the others say what it was counted from, and that it was another account of the address. */
  | {
      readonly code: 'contact-interval';
      readonly until: Day;
      readonly contactedOn?: Day;
      readonly intervalDays?: number;
      readonly isOtherAccount?: true;
    }
  /** `until`: the first day with room under the cap. */
  | { readonly code: 'weekly-cap'; readonly until: Day }
  /** `until`: the first day after the season. */
  | { readonly code: 'quiet-season'; readonly until: Day }
  | { readonly code: 'ledger-stale'; readonly since: Day | null }
  | { readonly code: 'calendar-unconfirmed'; readonly year: number };

export type SkipCode = SkipReason['code'];

/** One row of a reminder: an invoice with what is asked of it, or a credit with its negative amount. */
export interface ReminderLine {
  readonly kind: OpenItemKind;
  readonly invoiceId: InvoiceId | null;
  readonly paymentId: PaymentId | null;
  readonly number: string;
  readonly customerReference: string | null;
  readonly branchId: CustomerId;
  readonly branchCode: string;
  readonly branchName: string;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  /** 0 for credits. */
  readonly daysPastDue: number;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  /** Balance as of the day, signed as in {@link OpenItem}. */
  readonly balanceMinor: bigint;
  /** What this row adds to the total: the balance less a block on part of it; negative for credits. */
  readonly askedMinor: bigint;
}

/** The parts of the priority, stored and shown so that the score explains itself. */
export interface Priority {
  /** 0-100. */
  readonly score: number;
  /** Base-currency minor units. */
  readonly valueMinor: bigint;
  /** Probability of still being unpaid in 30 days, in parts per million, so that no float is stored. */
  readonly riskPpm: number;
  readonly atRiskMinor: bigint;
  /** What raised or lowered the risk, largest effect first; `effect` in logit units. */
  readonly factors: readonly { readonly name: string; readonly value: string; readonly effect: number }[];
}

/** Why a person has to approve; empty when the company's auto-approval covers the reminder. */
export type ApprovalNeed =
  | 'auto-approval-off'
  | 'level'
  | 'over-company-limit'
  | 'over-customer-limit'
  | 'first-reminder'
  | 'new-address'
  | 'computed-due-date'
  | 'missing-rate'
  | 'firm-without-polite'
  | 'government'
  | 'manual'
  | 'after-long-break'
  | 'receipts-unknown';

export interface ProposedReminder {
  readonly type: ReminderType;
  readonly level: EscalationLevel;
  readonly recipient: {
    readonly contactId: ContactId;
    readonly name: string;
    readonly nameAr: string | null;
    readonly title: string | null;
    readonly address: string;
  };
  readonly language: Language;
  /** Oldest due day first; credits after the invoices of their currency. */
  readonly lines: readonly ReminderLine[];
  /** Invoices only, residues left out: credits are rows, not items, and a few fils left open do not make a second item. */
  readonly itemCount: number;
  readonly totals: readonly Money[];
  /** All currencies converted for ranking and limits; `null` when a rate is missing. */
  readonly baseTotalMinor: bigint | null;
  readonly oldestDaysPastDue: number;
  readonly priority: Priority;
  readonly approvalNeeds: readonly ApprovalNeed[];
  readonly scheduledFor: Instant;
  /** First day the account may be contacted again once this one is sent. */
  readonly nextEligibleContactOn: Day;
  /** Civil days between this contact and the next, at least 1. */
  readonly contactIntervalDays: number;
  /** The company's policy wants a statement of account with it. */
  readonly wantsStatement: boolean;
  /** Named by FINAL, else `null`. */
  readonly finalDeadlineOn: Day | null;
  /** One sentence part each, for the screen: why this type, this level. */
  readonly why: readonly string[];
}

export interface AccountDecision {
  readonly accountId: CustomerId;
  /** Open invoices that are overdue, blocked ones included. */
  readonly overdueItems: number;
  readonly outcome:
    | { readonly kind: 'reminders'; readonly reminders: readonly ProposedReminder[] }
    | { readonly kind: 'skip'; readonly reason: SkipReason };
  /** Reasons that hold besides the one given; informative ones when a reminder was made. */
  readonly alsoTrue: readonly SkipReason[];
  /** Start of the present episode after this decision; `null` when nothing is overdue. */
  readonly episodeStartedOn: Day | null;
}
