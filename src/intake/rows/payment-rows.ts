/**
 * Turns rows into payments. A payment that pays several invoices has a row for each, one after the other, repeating its
 * reference, day and amount; so a payment is complete when the next one begins.
 */
import type { Day } from '../../domain/days.ts';
import { decimalText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { PAYMENT_METHODS } from '../../domain/vocabulary.ts';
import type { PaymentMethod } from '../../domain/vocabulary.ts';
import { columnsOf } from '../bind-columns.ts';
import type { BoundField } from '../bind-columns.ts';
import type { AllocationRecord, PaymentRecord, SourcePlace } from '../ledger-records.ts';
import type { PaymentField } from '../mapping.ts';
import { LONGEST } from '../row-reader.ts';
import type { RowReader } from '../row-reader.ts';
import { SeenKeys } from '../seen-keys.ts';

export interface PaymentRowsOptions {
  readonly fields: Partial<Record<PaymentField, BoundField>>;
  readonly reader: RowReader;
}

/** A payment still being read. */
interface OpenPayment {
  readonly key: string;
  readonly content: number;
  readonly reference: string;
  readonly customerCode: string;
  readonly receivedOn: Day;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly method: PaymentMethod;
  readonly source: SourcePlace;
  readonly allocations: AllocationRecord[];
  restMinor: bigint;
  isFaulty: boolean;
}

const ALLOCATION_FIELDS: ReadonlySet<string> = new Set<PaymentField>(['invoiceNumber', 'allocated']);

export class PaymentRows {
  private readonly options: PaymentRowsOptions;
  private readonly identifying: readonly boolean[];
  private readonly seen = new SeenKeys();
  private current: OpenPayment | null = null;
  /** A row nobody could read since the last one that was: when the payment goes on after it, it was a part of it. */
  private unread: number | null = null;

  constructor(options: PaymentRowsOptions) {
    this.options = options;
    this.identifying = columnsOf(Object.entries(options.fields).flatMap(([name, field]) => (ALLOCATION_FIELDS.has(name) ? [] : [field])));
  }

  /** The payment that this row showed to be complete, which is the one before it. */
  read(): PaymentRecord | null {
    const { fields, reader } = this.options;
    const reference = reader.requiredIdentifier(fields.reference, LONGEST.reference);
    const customerCode = reader.requiredIdentifier(fields.customerCode, LONGEST.code);
    if (reader.isFaulty) return null;
    reader.subject = `Payment ${reference} of ${customerCode}`;
    const key = `${customerCode} ${reference}`;
    const content = reader.contentOf(this.identifying);
    const unread = this.unread;
    this.unread = null;
    if (this.current?.key === key) {
      reader.joins(this.current.source.row);
      if (unread !== null) reader.joins(unread);
      this.continueCurrent(this.current, content);
      return null;
    }
    const finished = this.finish();
    this.current = this.opened(key, content, reference, customerCode);
    if (this.current) this.allocate(this.current);
    return finished;
  }

  interrupt(row: number): void {
    this.unread = row;
  }

  /** The last payment of the file. */
  finish(): PaymentRecord | null {
    const { current } = this;
    this.current = null;
    if (current === null || current.isFaulty) return null;
    const { reference, customerCode, receivedOn, currency, amountMinor, method, allocations, source } = current;
    return { reference, customerCode, receivedOn, currency, amountMinor, method, allocations, source };
  }

  private opened(key: string, content: number, reference: string, customerCode: string): OpenPayment | null {
    const { fields, reader } = this.options;
    const sighting = this.seen.see(key, content, reader.row);
    if (sighting.kind !== 'new') {
      const column = fields.reference?.column ?? null;
      reader.joins(sighting.row);
      reader.refuse(
        'duplicate-in-file',
        column,
        `also stands in row ${sighting.row}`,
        'Put the rows of one payment together, and give other payments other references.',
      );
      return null;
    }
    const receivedOn = reader.pastDate(fields.receivedOn);
    const currency = reader.currency(fields.currency);
    const amountMinor = reader.isFaulty ? 0n : reader.requiredAmount(fields.amount, currency);
    const method = reader.word(fields.method, PAYMENT_METHODS) ?? 'OTHER';
    if (!reader.isFaulty && amountMinor <= 0n)
      reader.refuse(
        'wrong-sign',
        fields.amount?.column ?? null,
        `has the amount ${reader.raw(fields.amount)}`,
        'Import only money received; leave refunds and zero rows out.',
      );
    if (reader.isFaulty || receivedOn === null) return null;
    return {
      key,
      content,
      reference,
      customerCode,
      receivedOn,
      currency,
      amountMinor,
      method,
      source: reader.place,
      allocations: [],
      restMinor: amountMinor,
      isFaulty: false,
    };
  }

  private continueCurrent(current: OpenPayment, content: number): void {
    const { fields, reader } = this.options;
    if (current.content === content) this.allocate(current);
    else
      reader.refuse(
        'duplicate-in-file',
        fields.reference?.column ?? null,
        `says something else in row ${current.source.row}`,
        'Repeat the same day, currency and amount in every row of a payment.',
      );
    current.isFaulty ||= reader.isFaulty;
  }

  private allocate(current: OpenPayment): void {
    const { fields, reader } = this.options;
    const invoiceNumber = reader.identifier(fields.invoiceNumber, LONGEST.number);
    const stated = reader.amount(fields.allocated, current.currency);
    if (invoiceNumber === null && stated !== null && stated !== 0n)
      reader.refuse(
        'missing-value',
        fields.invoiceNumber?.column ?? null,
        'allocates an amount to no invoice',
        'Name the invoice, or leave the amount empty.',
      );
    if (invoiceNumber === null || reader.isFaulty) return;
    const amountMinor = stated ?? current.restMinor;
    if (amountMinor <= 0n || amountMinor > current.restMinor) {
      const says = `allocates ${decimalText(amountMinor, current.currency)} to ${invoiceNumber} but has ${decimalText(current.restMinor, current.currency)} left`;
      reader.refuse(
        'over-allocated',
        fields.allocated?.column ?? fields.amount?.column ?? null,
        says,
        'Correct the allocated amounts: together they are at most the payment.',
      );
      current.isFaulty = true;
      return;
    }
    current.restMinor -= amountMinor;
    current.allocations.push({ invoiceNumber, amountMinor });
  }
}
