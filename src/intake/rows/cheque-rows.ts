/**
 * Turns rows into post-dated cheques in hand. A cheque for several invoices has a row for each, one after the other, repeating its
 * number, date and amount; so a cheque is complete when the next one begins.
 */
import type { BoundField } from '../bind-columns.ts';
import type { ChequeRecord } from '../ledger-records.ts';
import type { ChequeField } from '../mapping.ts';
import { LONGEST } from '../row-reader.ts';
import type { RowReader } from '../row-reader.ts';
import { SeenKeys } from '../seen-keys.ts';
import type { Currency, Money } from '../../domain/money.ts';

export interface ChequeRowsOptions {
  readonly fields: Partial<Record<ChequeField, BoundField>>;
  readonly reader: RowReader;
}

/** A longer number is no cheque's; the same as for one recorded by hand. */
const LONGEST_NUMBER = 60;

interface OpenCheque {
  readonly key: string;
  readonly record: ChequeRecord & { readonly invoiceNumbers: string[] };
  isFaulty: boolean;
}

export class ChequeRows {
  private readonly options: ChequeRowsOptions;
  private readonly seen = new SeenKeys();
  private current: OpenCheque | null = null;

  constructor(options: ChequeRowsOptions) {
    this.options = options;
  }

  /** The cheque that this row showed to be complete, which is the one before it. */
  read(): ChequeRecord | null {
    const { fields, reader } = this.options;
    const customerCode = reader.requiredIdentifier(fields.customerCode, LONGEST.code);
    const number = reader.requiredIdentifier(fields.number, LONGEST_NUMBER);
    if (reader.isFaulty) return null;
    reader.subject = `Cheque ${number} of ${customerCode}`;
    const bank = reader.name(fields.bank, LONGEST.reference);
    const key = JSON.stringify([customerCode, number, bank]);
    if (this.current?.key === key) {
      this.continueCurrent(this.current);
      return null;
    }
    const finished = this.finish();
    this.current = this.opened(key, { customerCode, number, bank });
    return finished;
  }

  /** The last cheque of the file. */
  finish(): ChequeRecord | null {
    const { current } = this;
    this.current = null;
    return current === null || current.isFaulty ? null : current.record;
  }

  private opened(key: string, cheque: Pick<ChequeRecord, 'customerCode' | 'number' | 'bank'>): OpenCheque | null {
    const { fields, reader } = this.options;
    const before = this.seen.see(key, 0, reader.row);
    if (before.kind !== 'new') {
      reader.joins(before.row);
      reader.refuse(
        'duplicate-in-file',
        fields.number?.column ?? null,
        `also stands in row ${before.row}`,
        'Put the rows of one cheque together, and name the bank where two cheques have one number.',
      );
    }
    const { datedOn, worth } = this.detail();
    if (reader.isFaulty || datedOn === null) return null;
    const invoiceNumber = reader.identifier(fields.invoiceNumber, LONGEST.number);
    return {
      key,
      isFaulty: reader.isFaulty,
      record: {
        kind: 'cheque',
        ...cheque,
        datedOn,
        worth,
        invoiceNumbers: invoiceNumber === null ? [] : [invoiceNumber],
        source: reader.place,
      },
    };
  }

  private detail() {
    const { fields, reader } = this.options;
    if (reader.raw(fields.datedOn) === '') reader.requiredIdentifier(fields.datedOn, LONGEST.code);
    const datedOn = reader.isFaulty ? null : reader.date(fields.datedOn);
    const worth: Money | null = reader.raw(fields.amount) === '' ? null : this.worth(reader.currency(fields.currency));
    return { datedOn, worth };
  }

  private worth(currency: Currency): Money | null {
    const { fields, reader } = this.options;
    const minor = reader.isFaulty ? null : reader.amount(fields.amount, currency);
    if (minor === null || minor > 0n) return minor === null ? null : { minor, currency };
    reader.refuse(
      'wrong-sign',
      fields.amount?.column ?? null,
      `has the amount ${reader.raw(fields.amount)}`,
      'A cheque is worth more than nothing.',
    );
    return null;
  }

  private continueCurrent(current: OpenCheque): void {
    const { fields, reader } = this.options;
    const { datedOn, worth } = this.detail();
    const invoiceNumber = reader.requiredIdentifier(fields.invoiceNumber, LONGEST.number);
    const { record } = current;
    reader.joins(record.source.row);
    const isSame =
      datedOn !== null &&
      datedOn.equals(record.datedOn) &&
      worth?.minor === record.worth?.minor &&
      worth?.currency === record.worth?.currency &&
      record.invoiceNumbers.length > 0 &&
      !record.invoiceNumbers.includes(invoiceNumber);
    if (isSame) record.invoiceNumbers.push(invoiceNumber);
    else if (!reader.isFaulty)
      reader.refuse(
        'duplicate-in-file',
        fields.number?.column ?? null,
        `says something else in row ${record.source.row}`,
        'Repeat the same date and amount in every row of a cheque, each with another invoice.',
      );
    current.isFaulty ||= reader.isFaulty;
  }
}
