/**
 * What every ledger source yields, whatever its format: plain records that are complete and checked in themselves, but not
 * yet compared with the database. Codes and numbers are the ledger's own; ids are given when the records are written.
 *
 * Order within a source: a customer comes before its documents, a head office before its branches, an invoice before the
 * credits and payments that name it, as far as the source itself keeps that order. Amounts are minor units, always positive.
 */
import type { Day } from '../domain/days.ts';
import type { Currency, Money } from '../domain/money.ts';
import type {
  BlockKind,
  BlockOutcome,
  BusinessType,
  CollectionStatus,
  ConsolidationPreference,
  Emirate,
  EscalationLevel,
  InvoiceKind,
  Language,
  PaymentMethod,
} from '../domain/vocabulary.ts';

/** Where a record came from. Rows count as a spreadsheet counts them: from 1, the heading and blank rows included. */
export interface SourcePlace {
  readonly file: string;
  readonly row: number;
}

export interface ContactRecord {
  readonly name: string;
  readonly nameAr: string | null;
  readonly title: string | null;
  readonly role: string | null;
  /** One validated mailbox, domain in lower case. */
  readonly address: string;
  readonly language: Language | null;
  readonly isPrimary: boolean;
}

/** `null` means the source says nothing: a new customer gets the company's default, a known one keeps what it has. */
export interface CustomerRecord {
  readonly code: string;
  readonly name: string;
  readonly nameAr: string | null;
  /** Code of the head office that is written to; `null`: itself. */
  readonly billToCode: string | null;
  readonly contacts: readonly ContactRecord[];
  readonly language: Language | null;
  /** Fifteen digits. */
  readonly trn: string | null;
  readonly businessType: BusinessType | null;
  readonly emirate: Emirate | null;
  /** Calendar days from issue to due. */
  readonly paymentTermsDays: number | null;
  /** Extra working days before an item triggers a reminder. */
  readonly graceDays: number | null;
  readonly calendarPreset: string | null;
  readonly consolidationPreference: ConsolidationPreference | null;
  /** Base-currency minor units. */
  readonly maxConsolidationMinor: bigint | null;
  readonly preferredContactIntervalDays: number | null;
  readonly collectionStatus: CollectionStatus | null;
  /** Base-currency minor units. */
  readonly creditLimitMinor: bigint | null;
  readonly customerSince: Day | null;
  readonly phone: string | null;
  readonly isActive: boolean | null;
  /** When another system last wrote to them, and how firmly; what Wafa itself sent since counts beside it. */
  readonly lastContactOn: Day | null;
  readonly lastLevel: EscalationLevel | null;
  readonly source: SourcePlace;
}

/** A document of the ledger: an invoice, a credit note or an advance (a deposit invoice that was paid but not yet used up). */
export interface InvoiceRecord {
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly customerCode: string;
  readonly issuedOn: Day;
  /** `null` for credits and advances; for an invoice: the writer computes it from the customer's terms and marks it computed. */
  readonly dueOn: Day | null;
  /** True when `dueOn` was computed from terms in the same row instead of being stated. */
  readonly isDueComputed: boolean;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  /** What the ledger says is still open, 0 included; `null` in a ledger of transactions, where it follows from payments. */
  readonly openMinor: bigint | null;
  /** The customer's own reference (LPO). */
  readonly customerReference: string | null;
  /** The invoice a credit note was made out for. */
  readonly linkedNumber: string | null;
  /** Duplicate key of the source (a UBL UUID, say); CSV sources have none beside the number. */
  readonly sourceKey: string | null;
  readonly source: SourcePlace;
}

export interface AllocationRecord {
  readonly invoiceNumber: string;
  readonly amountMinor: bigint;
}

/** Money received. What its allocations leave over is cash on account. */
export interface PaymentRecord {
  readonly reference: string;
  readonly customerCode: string;
  readonly receivedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly method: PaymentMethod;
  /** In the payment's currency; together never more than its amount. */
  readonly allocations: readonly AllocationRecord[];
  readonly source: SourcePlace;
}

/** A credit note or advance set against an invoice: from that day both have that much less open. */
export interface CreditRecord {
  readonly creditNumber: string;
  readonly customerCode: string;
  readonly invoiceNumber: string;
  readonly amountMinor: bigint;
  readonly appliedOn: Day;
  readonly source: SourcePlace;
}

/** Something that keeps an account or an item out of reminders. */
export interface BlockRecord {
  readonly kind: BlockKind;
  readonly customerCode: string;
  /** `null`: the whole account. */
  readonly invoiceNumber: string | null;
  /** Only this much of the item, in the item's currency; `null`: all of it. */
  readonly amountMinor: bigint | null;
  readonly reason: string;
  /** Ticket, mail or delivery note: whatever lets a person find it again. */
  readonly reference: string | null;
  /** Both set for a cheque, `null` for everything else. */
  readonly chequeNumber: string | null;
  readonly chequeBank: string | null;
  readonly startedOn: Day;
  /** Day the money was promised for or the cheque is dated, without the grace that the writer adds; `null` for other kinds. */
  readonly promisedOn: Day | null;
  /** How and when it ended; both `null` while it stands. */
  readonly outcome: BlockOutcome | null;
  readonly endedOn: Day | null;
  readonly source: SourcePlace;
}

/** A contact of a customer that is recorded already. */
export interface AddedContact extends Omit<ContactRecord, 'isPrimary'> {
  readonly kind: 'contact';
  readonly customerCode: string;
  readonly isPrimary: boolean;
  readonly source: SourcePlace;
}

/** A post-dated cheque in hand; a cheque for several invoices has a row for each. */
export interface ChequeRecord {
  readonly kind: 'cheque';
  readonly customerCode: string;
  readonly number: string;
  readonly bank: string | null;
  readonly datedOn: Day;
  /** What it is made out for; `null` when the source does not say. */
  readonly worth: Money | null;
  /** Empty: whatever is open. */
  readonly invoiceNumbers: readonly string[];
  readonly source: SourcePlace;
}

export interface ExchangeRateRecord {
  readonly kind: 'exchange-rate';
  readonly currency: Currency;
  /** Units of base currency for one unit of the currency, in millionths. */
  readonly ratePpm: bigint;
  readonly quotedOn: Day;
  readonly quotedBy: string | null;
  readonly source: SourcePlace;
}

export interface DayOffRecord {
  readonly kind: 'day-off';
  readonly firstOn: Day;
  readonly untilOn: Day | null;
  readonly name: string;
  readonly isMourning: boolean;
  readonly source: SourcePlace;
}

export interface SuppressionRecord {
  readonly kind: 'suppression';
  readonly address: string;
  readonly why: 'OPERATOR' | 'WRONG_PERSON' | 'COMPLAINT';
  readonly reason: string;
  readonly untilOn: Day | null;
  readonly source: SourcePlace;
}

/** What a file of its own says beside the ledger's documents. Few: they are held in memory and recorded one by one. */
export type FactRecord = ChequeRecord | ExchangeRateRecord | DayOffRecord | SuppressionRecord;

export interface LedgerRecords {
  readonly customers: readonly CustomerRecord[];
  readonly invoices: readonly InvoiceRecord[];
  readonly payments: readonly PaymentRecord[];
  readonly credits: readonly CreditRecord[];
  readonly blocks: readonly BlockRecord[];
}
