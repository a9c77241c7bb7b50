/** Folds an export with a row per line into invoices: the amounts of the lines together are the invoice's. */
import { decimalText, LARGEST_MINOR } from '../../domain/money.ts';
import type { InvoiceRecord } from '../ledger-records.ts';
import type { DocumentField } from '../mapping.ts';
import type { RowReader } from '../row-reader.ts';

/** An invoice whose lines are still being read. */
export interface LineSum {
  /** With the amounts of the lines so far. */
  readonly document: InvoiceRecord;
  /** What its rows have in common, hashed. */
  readonly content: number;
}

/** Fields that differ from line to line. */
export const LINE_FIELDS: ReadonlySet<string> = new Set<DocumentField>(['total', 'open']);

export const withLine = ({ document, content }: LineSum, line: InvoiceRecord): LineSum => ({
  content,
  document: {
    ...document,
    totalMinor: document.totalMinor + line.totalMinor,
    openMinor:
      document.openMinor === null || line.openMinor === null ? (document.openMinor ?? line.openMinor) : document.openMinor + line.openMinor,
  },
});

/** The invoice, or `null` when its lines come to nothing or less; that is said where its first line stands. */
export function wholeOf({ document }: LineSum, reader: RowReader): InvoiceRecord | null {
  const { totalMinor, openMinor, number, currency, source } = document;
  if (totalMinor > LARGEST_MINOR) {
    reader.refuseAt(source, `Invoice ${number}`, 'bad-amount', 'has lines that come to more than Wafa can hold', 'Check its amounts.');
    return null;
  }
  if (totalMinor > 0n && (openMinor === null || (openMinor >= 0n && openMinor <= totalMinor))) return document;
  const says =
    totalMinor > 0n
      ? `has lines with ${decimalText(openMinor ?? 0n, currency)} open of ${decimalText(totalMinor, currency)}`
      : `has lines that come to ${decimalText(totalMinor, currency)}`;
  reader.refuseAt(source, `Invoice ${number}`, 'wrong-sign', says, 'Leave it out, or import it as a credit note.');
  return null;
}
