/** Turns rows into invoices, credit notes and advances, and into what credits were applied to. */
import type { Day } from '../../domain/days.ts';
import { isBefore } from '../../domain/days.ts';
import type { Currency } from '../../domain/money.ts';
import { INVOICE_KINDS } from '../../domain/vocabulary.ts';
import type { InvoiceKind } from '../../domain/vocabulary.ts';
import { columnsOf } from '../bind-columns.ts';
import type { BoundField } from '../bind-columns.ts';
import type { BlockRecord, CreditRecord, InvoiceRecord } from '../ledger-records.ts';
import type { DocumentField } from '../mapping.ts';
import { LONGEST } from '../row-reader.ts';
import type { RowReader } from '../row-reader.ts';
import { contentHash, SeenKeys } from '../seen-keys.ts';
import { promiseOf } from './expected-payment.ts';
import { LINE_FIELDS, wholeOf, withLine } from './line-sum.ts';
import type { LineSum } from './line-sum.ts';

export interface DocumentRowsOptions {
  readonly fields: Partial<Record<DocumentField, BoundField>>;
  readonly reader: RowReader;
  /** What a row is that names no kind. */
  readonly defaultKind: InvoiceKind;
  readonly creditAmounts: 'positive' | 'negative';
  /** How an export with a row per line says what the whole invoice is. */
  readonly lines: 'none' | 'repeat' | 'sum';
  /** Today: a promise for an earlier day is history. */
  readonly asOn: Day | null;
  /** The company's own TRN: documents of another seller are not its receivables. */
  readonly ownTrn: string | null;
}

export interface DocumentRow {
  /** `null` when the row only says what a credit of an earlier row was applied to. */
  readonly document: InvoiceRecord | null;
  readonly credit: CreditRecord | null;
  /** The day the ledger expects its payment on. */
  readonly promise: BlockRecord | null;
}

const NAMES: Readonly<Record<InvoiceKind, string>> = { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note', ADVANCE: 'Advance' };
const NOTHING: DocumentRow = { document: null, credit: null, promise: null };
/** What one row says about an application may differ while the document stays the same. */
const APPLICATION_FIELDS: ReadonlySet<string> = new Set<DocumentField>(['appliedTo', 'appliedAmount', 'appliedOn']);

export class DocumentRows {
  private readonly options: DocumentRowsOptions;
  private readonly identifying: readonly boolean[];
  private readonly seen = new SeenKeys();
  private readonly seenKeys = new SeenKeys();
  private summed: LineSum | null = null;
  /** Of lines: one that was refused though its number could be read, and one nobody could read at all. */
  private broken: { readonly number: string; readonly row: number } | null = null;
  private unread: number | null = null;

  constructor(options: DocumentRowsOptions) {
    this.options = options;
    const varying = options.lines === 'sum' ? LINE_FIELDS : APPLICATION_FIELDS;
    this.identifying = columnsOf(Object.entries(options.fields).flatMap(([name, field]) => (varying.has(name) ? [] : [field])));
  }

  read(): DocumentRow {
    const { fields, reader, defaultKind } = this.options;
    const kind = reader.word(fields.kind, INVOICE_KINDS) ?? defaultKind;
    const number = reader.requiredIdentifier(fields.number, LONGEST.number);
    if (reader.isFaulty) {
      this.interrupt(reader.row);
      return NOTHING;
    }
    reader.subject = `${NAMES[kind]} ${number}`;
    if (this.options.lines === 'sum') return this.line(kind, number);
    const isNew = this.isNew(kind, number);
    const document = this.document(kind, number);
    const credit = document && kind !== 'INVOICE' ? this.credit(document) : null;
    const promise = document && isNew && kind === 'INVOICE' ? this.promise(document) : null;
    return reader.isFaulty ? NOTHING : { document: isNew ? document : null, credit, promise };
  }

  /** A line nobody can read may belong to the invoice before it or to the one after it, whose sums would be wrong without it. */
  interrupt(row: number): void {
    if (this.options.lines !== 'sum') return;
    if (this.summed) this.options.reader.pair(this.summed.document.source.row, row);
    if (this.unread !== null) this.options.reader.pair(this.unread, row);
    this.unread = row;
  }

  /** The last invoice of a file with a row per line. */
  finish(): InvoiceRecord | null {
    const { summed } = this;
    this.summed = null;
    return summed && wholeOf(summed, this.options.reader);
  }

  /** Adds a line to the invoice it belongs to; gives the invoice before it when this line begins another. */
  private line(kind: InvoiceKind, number: string): DocumentRow {
    const { reader } = this.options;
    const content = reader.contentOf(this.identifying);
    const line = this.document(kind, number);
    this.joinNeighbours(number);
    if (reader.isFaulty || line === null) {
      this.broken = { number, row: reader.row };
      return NOTHING;
    }
    if (this.summed?.document.number === number && this.summed.content === content) {
      this.summed = withLine(this.summed, line);
      return NOTHING;
    }
    const before = this.finish();
    const isNew = this.isNew(kind, number, 'Put the rows of one invoice together, repeating its date, customer and currency in each.');
    if (isNew) this.summed = { document: line, content };
    return { ...NOTHING, document: before };
  }

  /** Lines of one invoice stand or fall together. */
  private joinNeighbours(number: string): void {
    const { reader } = this.options;
    if (this.unread !== null) reader.joins(this.unread);
    if (this.broken?.number === number) reader.joins(this.broken.row);
    if (this.summed?.document.number === number) reader.joins(this.summed.document.source.row);
    this.unread = null;
  }

  private isNew(kind: InvoiceKind, number: string, advice = 'Remove the row that is wrong.'): boolean {
    const { reader, fields, lines } = this.options;
    const column = fields.number?.column ?? null;
    const sighting = this.seen.see(`${kind} ${number}`, reader.contentOf(this.identifying), reader.row);
    if (sighting.kind === 'other' || (sighting.kind === 'same' && lines === 'sum')) {
      reader.joins(sighting.row);
      reader.refuse('duplicate-in-file', column, `stands twice with different details, first in row ${sighting.row}`, advice);
    } else if (sighting.kind === 'same' && lines === 'none' && reader.raw(fields.appliedTo) === '') {
      reader.warn(
        'repeated-row',
        column,
        `stands twice with the same details, first in row ${sighting.row}`,
        'Nothing needs doing; it is taken once.',
      );
    }
    return sighting.kind === 'new';
  }

  private document(kind: InvoiceKind, number: string): InvoiceRecord | null {
    const { fields, reader } = this.options;
    const customerCode = reader.requiredIdentifier(fields.customerCode, LONGEST.code);
    const issuedOn = reader.pastDate(fields.issuedOn);
    const currency = reader.currency(fields.currency);
    if (reader.isFaulty || issuedOn === null) return null;
    const total = this.signed(kind, fields.total, reader.requiredAmount(fields.total, currency));
    const due = kind === 'INVOICE' ? this.due(issuedOn) : NO_DUE;
    const openMinor = this.open(kind, total, currency);
    const customerReference = reader.name(fields.customerReference, LONGEST.reference);
    this.refuseOthers();
    const linkedNumber = reader.identifier(fields.linkedNumber, LONGEST.number);
    const sourceKey = this.sourceKey(number);
    if (reader.isFaulty || (this.options.lines !== 'sum' && this.isZero(total))) return null;
    return {
      kind,
      number,
      customerCode,
      issuedOn,
      ...due,
      currency,
      totalMinor: total,
      openMinor,
      customerReference,
      linkedNumber,
      sourceKey,
      source: reader.place,
    };
  }

  /** A document that somebody else sold, or may have: our own purchases are no money owed to us. */
  private refuseOthers(): void {
    const { fields, reader, ownTrn } = this.options;
    const seller = reader.raw(fields.sellerTrn);
    if (ownTrn !== null && seller !== '' && seller !== ownTrn)
      reader.refuse(
        'other-seller',
        fields.sellerTrn?.column ?? null,
        `was sold by TRN ${seller}, not by your company (${ownTrn})`,
        'Leave it out.',
      );
    else if (reader.isYes(fields.isSelfBilled) === true && (ownTrn === null || seller === ''))
      reader.refuse(
        'self-billed',
        fields.isSelfBilled?.column ?? null,
        'was written by its buyer, and nothing shows that the seller is your company',
        'Record your company\u2019s TRN, or leave the document out.',
      );
  }

  /** A key of the source names one document: under another number it is a copy with a mistake in it. */
  private sourceKey(number: string): string | null {
    const { fields, reader } = this.options;
    const key = reader.identifier(fields.sourceKey, LONGEST.number);
    if (key === null) return null;
    const sighting = this.seenKeys.see(key, contentHash([number], [true]), reader.row);
    if (sighting.kind === 'other') {
      reader.joins(sighting.row);
      reader.refuse(
        'duplicate-key',
        fields.sourceKey?.column ?? null,
        `has the same ${fields.sourceKey?.column ?? 'key'} as row ${sighting.row}`,
        'Keep the one that is right.',
      );
    }
    return key;
  }

  /** Credits come out positive whichever way the ledger writes them; an amount on the wrong side is refused. */
  private signed(kind: InvoiceKind, field: BoundField | undefined, amount: bigint): bigint {
    const { reader, creditAmounts, lines } = this.options;
    const value = kind !== 'INVOICE' && creditAmounts === 'negative' ? -amount : amount;
    // A single line may be a discount.
    if (value < 0n && lines !== 'sum') {
      const advice =
        kind === 'INVOICE' ? 'If it is a credit note, import it as one.' : `Write amounts of credits as ${creditAmounts} numbers.`;
      reader.refuse('wrong-sign', field?.column ?? null, `has the amount ${reader.raw(field)}`, advice);
    }
    return value;
  }

  private isZero(total: bigint): boolean {
    if (total !== 0n) return false;
    this.options.reader.warn(
      'zero-document',
      this.options.fields.total?.column ?? null,
      'is over 0.00 and is left out',
      'Nothing needs doing: there is nothing to ask for.',
    );
    return true;
  }

  private open(kind: InvoiceKind, total: bigint, currency: Currency): bigint | null {
    const { fields, reader } = this.options;
    const amount = reader.amount(fields.open, currency);
    if (amount === null) return null;
    const open = this.signed(kind, fields.open, amount);
    if (open > total && this.options.lines !== 'sum')
      reader.refuse('open-over-total', fields.open?.column ?? null, 'has more open than its total', 'Correct one of the two amounts.');
    return open;
  }

  /** The stated due day; else the one that terms in the row give; else none, which is for the customer's own terms to fill. */
  private due(issuedOn: Day): { readonly dueOn: Day | null; readonly isDueComputed: boolean } {
    const { fields, reader } = this.options;
    const stated = reader.date(fields.dueOn);
    const terms = reader.wholeNumber(fields.paymentTermsDays, 0, 365);
    if (stated === null) return { dueOn: terms === null ? null : issuedOn.add({ days: terms }), isDueComputed: terms !== null };
    if (isBefore(stated, issuedOn))
      reader.warn(
        'due-before-issue',
        fields.dueOn?.column ?? null,
        `is due on ${stated.toString()}, before it was issued`,
        'Check both dates.',
      );
    return { dueOn: stated, isDueComputed: false };
  }

  private promise(document: InvoiceRecord): BlockRecord | null {
    const { fields, reader, asOn } = this.options;
    const promisedOn = reader.date(fields.promisedOn);
    if (promisedOn === null || asOn === null || isBefore(promisedOn, asOn) || document.openMinor === 0n) return null;
    return promiseOf(document, promisedOn, asOn);
  }

  private credit(document: InvoiceRecord): CreditRecord | null {
    const { fields, reader } = this.options;
    const invoiceNumber = reader.identifier(fields.appliedTo, LONGEST.number);
    if (invoiceNumber === null) return null;
    const amount = reader.amount(fields.appliedAmount, document.currency);
    const amountMinor = amount === null ? document.totalMinor : this.signed(document.kind, fields.appliedAmount, amount);
    if (amountMinor <= 0n || amountMinor > document.totalMinor) {
      reader.refuse(
        'over-applied',
        fields.appliedAmount?.column ?? null,
        `applies more to ${invoiceNumber} than its total, or nothing`,
        'Correct the applied amount.',
      );
    }
    const appliedOn = reader.date(fields.appliedOn) ?? document.issuedOn;
    return {
      creditNumber: document.number,
      customerCode: document.customerCode,
      invoiceNumber,
      amountMinor,
      appliedOn,
      source: reader.place,
    };
  }
}

const NO_DUE = { dueOn: null, isDueComputed: false } as const;
