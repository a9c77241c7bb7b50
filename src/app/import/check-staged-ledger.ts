/**
 * Compares a staged ledger with itself and with what is recorded, and words what does not fit. Says everything at once, so that a
 * file is corrected in one go. Writes nothing.
 */
import { moneyText } from '../../domain/money.ts';
import { safeText } from '../../domain/safe-text.ts';
import { MOST_FAULTS, type ImportFault } from '../../intake/faults.ts';
import type { DocumentField, FieldSource, Mapping, PaymentField, RecordKind } from '../../intake/mapping.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { stagedFaults, type StagedCheck, type StagedFault } from '../../store/sql/import-checks.ts';

export interface CheckedFile {
  readonly file: string;
  readonly kind: RecordKind;
  readonly mapping: Mapping;
}

/** A fault, with what its check is and whom it speaks of. */
export interface StagedMisfit {
  readonly check: StagedCheck;
  readonly subject: string;
  readonly fault: ImportFault;
}

export interface StagedFaults {
  /** In file order. */
  readonly faults: readonly ImportFault[];
  readonly faultCount: number;
}

/** A credit note's invoice may be long settled and gone from a ledger that lists open items only. */
const ONLY_IN_TRANSACTIONS: ReadonlySet<StagedCheck> = new Set(['unknown-linked-invoice']);

export async function checkStagedLedger(tx: CompanyTx, file: CheckedFile): Promise<StagedFaults> {
  const { misfits, faultCount } = await stagedMisfits(tx, file, MOST_FAULTS);
  const faults = misfits.map(({ fault }) => fault).toSorted((a, b) => (a.at.row ?? 0) - (b.at.row ?? 0));
  return { faults: faults.slice(0, MOST_FAULTS), faultCount };
}

/** At most `mostOfEach` of every check; `faultCount` is all there are. */
export async function stagedMisfits(
  tx: CompanyTx,
  file: CheckedFile,
  mostOfEach: number,
): Promise<{ readonly misfits: readonly StagedMisfit[]; readonly faultCount: number }> {
  const misfits: StagedMisfit[] = [];
  let faultCount = 0;
  for (const [check, wording] of Object.entries(WORDINGS) as [StagedCheck, Wording][]) {
    if (file.mapping.ledger === 'open-items' && ONLY_IN_TRANSACTIONS.has(check)) continue;
    const rows = await stagedFaults(tx, check, mostOfEach);
    faultCount += rows[0]?.total ?? 0;
    for (const row of rows) misfits.push({ check, subject: row.subject, fault: worded(check, wording, row, file) });
  }
  return { misfits, faultCount };
}

interface Wording {
  /** Field whose column is at fault. */
  readonly field: DocumentField | PaymentField | 'billToCode' | null;
  /** `have` and `want` are amounts with their currency, empty when the check has none. */
  readonly says: (fault: { readonly subject: string; readonly other: string; readonly have: string; readonly want: string }) => string;
  readonly tryThis: string;
}

function worded(check: StagedCheck, wording: Wording, row: StagedFault, { file, kind, mapping }: CheckedFile): ImportFault {
  const money = (minor: bigint | null): string => (minor === null ? '' : moneyText({ minor, currency: row.currency ?? '' }));
  const words = {
    subject: safeText(row.subject),
    other: safeText(row.other ?? ''),
    have: money(row.haveMinor),
    want: money(row.wantMinor),
  };
  const column = wording.field === null ? null : headingOf(mapping, kind, wording.field);
  return {
    code: `import.${check}`,
    message: wording.says(words),
    tryThis: wording.tryThis,
    at: { file, row: row.rowNumber, ...(column === null ? {} : { column }) },
  };
}

/** The heading a mapping reads a field from, when it is one heading. */
function headingOf(mapping: Mapping, kind: RecordKind, field: string): string | null {
  for (const section of Object.values(mapping.files[kind]?.yields ?? {})) {
    const source = (section?.fields as Readonly<Record<string, FieldSource | undefined>> | undefined)?.[field];
    const heading = headingFrom(source);
    if (heading !== null) return heading;
  }
  return null;
}

function headingFrom(source: FieldSource | string | readonly string[] | undefined): string | null {
  if (source === undefined) return null;
  if (typeof source === 'string') return source;
  if (Array.isArray(source)) return (source as readonly string[])[0] ?? null;
  return headingFrom((source as { readonly column?: string | string[] }).column);
}

const WORDINGS: Readonly<Record<StagedCheck, Wording>> = {
  'unknown-customer': {
    field: 'customerCode',
    says: ({ subject, other }) => `${subject} names customer ${other}, whom nobody has recorded.`,
    tryThis: 'Import the customers first, or correct the code.',
  },
  'unknown-bill-to': {
    field: 'billToCode',
    says: ({ subject, other }) => `Customer ${subject} is billed to ${other}, whom nobody has recorded.`,
    tryThis: 'Add that customer to the file, or correct the code.',
  },
  'bill-to-chain': {
    field: 'billToCode',
    says: ({ subject, other }) => `Customer ${subject} is billed to ${other}, who is billed to somebody else.`,
    tryThis: 'Bill every branch to the customer who is written to.',
  },
  'document-moved': {
    field: 'customerCode',
    says: ({ subject, other }) => `${subject} belongs to customer ${other} already.`,
    tryThis: 'Numbers are unique in a company: correct the number or the customer.',
  },
  'currency-changed': {
    field: 'currency',
    says: ({ subject, other }) => `${subject} is recorded in ${other}.`,
    tryThis: 'Correct the currency; a document cannot change it.',
  },
  'total-changed': {
    field: 'total',
    says: ({ subject, have, want }) => `${subject} is recorded over ${have}, partly settled; the file says ${want}.`,
    tryThis: 'Correct the total. A document that was corrected after a payment needs a credit note, or a new number.',
  },
  'missing-due-date': {
    field: 'dueOn',
    says: ({ subject, other }) => `Invoice ${subject} has no due date, and customer ${other} has no payment terms.`,
    tryThis: 'Give a due date in its column, or set payment terms for the customer.',
  },
  'unknown-linked-invoice': {
    field: 'linkedNumber',
    says: ({ subject, other }) => `Credit note ${subject} was made out for invoice ${other}, which nobody has recorded.`,
    tryThis: 'Import that invoice first, or leave the cell empty.',
  },
  'payment-changed': {
    field: 'amount',
    says: ({ subject, other, have, want }) =>
      `Payment ${subject} of customer ${other} is recorded with other details (${have} there, ${want.slice(4)} here).`,
    tryThis: 'Correct the row, or give a different payment its own reference.',
  },
  'unknown-invoice': {
    field: 'invoiceNumber',
    says: ({ subject, other }) => `${subject} pays invoice ${other}, which nobody has recorded.`,
    tryThis: 'Import that invoice first, or leave the cell empty to keep the money on account.',
  },
  'unknown-credit': {
    field: 'number',
    says: ({ subject, other }) => `Credit note ${subject} is applied to ${other} but is not recorded itself.`,
    tryThis: 'Add the credit note to the file.',
  },
  'other-accounts-invoice': {
    field: 'invoiceNumber',
    says: ({ subject, other }) => `${subject} settles invoice ${other}, which belongs to another customer's account.`,
    tryThis: 'Correct the invoice number or the customer.',
  },
  'currency-clash': {
    field: 'currency',
    says: ({ subject, other }) => `${subject} is in another currency than invoice ${other}.`,
    tryThis: 'Settle an invoice in its own currency; currencies are never added together.',
  },
  'allocation-changed': {
    field: 'allocated',
    says: ({ subject, other, have, want }) => `${subject} is recorded as settling ${have} of invoice ${other}; the file says ${want}.`,
    tryThis: 'Correct the row.',
  },
  'invoice-over-allocated': {
    field: 'allocated',
    says: ({ subject, have, want }) => `Invoice ${subject} has ${have} open; the file settles ${want} of it.`,
    tryThis: 'Correct the amounts; what was paid too much stays on account.',
  },
  'credit-over-applied': {
    field: 'appliedAmount',
    says: ({ subject, have, want }) => `Credit note ${subject} has ${have} left; the file applies ${want} of it.`,
    tryThis: 'Correct the applied amounts.',
  },
  'payment-over-allocated': {
    field: 'allocated',
    says: ({ subject, have, want }) => `Payment ${subject} has ${have} on account; the file allocates ${want} more of it.`,
    tryThis: 'Correct the allocated amounts.',
  },
};
