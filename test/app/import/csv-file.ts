/** Files in Wafa's own CSV format, written out in full where a test's point is what stands in them. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLedger, type ImportOutcome, type ImportRequest } from '../../../src/app/import-ledger.ts';
import { ImportRefused } from '../../../src/app/import/import-refused.ts';
import type { Session } from '../../../src/app/session.ts';
import type { RecordKind } from '../../../src/intake/mapping.ts';

export async function csvFile(...lines: readonly string[]): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'wafa-import-')), 'ledger.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

const CUSTOMERS = 'customer_code,name,email,payment_terms_days';
export const INVOICES = 'invoice_number,customer_code,issue_date,due_date,currency,total,open';
const CREDITS = 'credit_note_number,customer_code,issue_date,currency,total,linked_invoice,applied_to,applied_amount';
const PAYMENTS = 'payment_reference,customer_code,received_on,currency,amount,invoice_number,allocated_amount';

/** Imports lines of one kind as a file. */
export async function take(
  session: Session,
  kind: RecordKind,
  lines: readonly string[],
  more: Partial<ImportRequest> = {},
): Promise<ImportOutcome> {
  const headings = {
    customers: CUSTOMERS,
    invoices: INVOICES,
    'credit-notes': CREDITS,
    payments: PAYMENTS,
    contacts: 'customer_code,email,contact_name,primary',
    cheques: 'customer_code,cheque_number,bank,cheque_date,amount,currency,invoice_number',
    'exchange-rates': 'currency,quoted_on,rate,source',
    'days-off': 'day_off,last_day_off,occasion,mourning',
    suppressions: 'email,why,reason,until',
  }[kind];
  return await importLedger(session, { path: await csvFile(headings, ...lines), mapping: 'wafa', kind, ...more });
}

/** The faults of an import that must be refused. */
export async function faultsOf(
  work: Promise<unknown>,
): Promise<
  readonly { readonly code: string; readonly row: number | undefined; readonly column: string | undefined; readonly message: string }[]
> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return error.faults.map(({ code, message, at }) => ({ code: code.replace('import.', ''), row: at.row, column: at.column, message }));
  }
  throw new Error('the import was taken');
}
