/** Small ledgers in Wafa's own CSV format, written to a folder of the test's own and imported like anybody's. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { importLedger } from '../../src/app/import-ledger.ts';
import type { Session } from '../../src/app/session.ts';

type Row = Readonly<Record<string, string>>;

export interface SmallLedger {
  readonly customers?: readonly Row[];
  readonly invoices?: readonly Row[];
  readonly creditNotes?: readonly Row[];
  readonly payments?: readonly Row[];
}

const FILES = [
  ['customers', 'customers'],
  ['invoices', 'invoices'],
  ['creditNotes', 'credit-notes'],
  ['payments', 'payments'],
] as const;

export async function importSmallLedger(session: Session, ledger: SmallLedger): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wafa-ledger-'));
  for (const [name, kind] of FILES) {
    const rows = ledger[name];
    if (rows === undefined || rows.length === 0) continue;
    const path = join(folder, `${kind}.csv`);
    await writeFile(path, csv(rows));
    await importLedger(session, { path, mapping: 'wafa', kind });
  }
}

function csv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (values: readonly string[]): string => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  return [columns.join(','), ...rows.map((row) => line(columns.map((column) => row[column] ?? '')))].join('\n');
}

export const customer = (code: string, more: Row = {}): Row => ({
  customer_code: code,
  name: `${code} Trading LLC`,
  email: `accounts@${code.toLowerCase()}.example`,
  contact_name: 'Accounts Payable',
  ...more,
});

export const invoice = (customerCode: string, number: string, total: string, dueOn: string, more: Row = {}): Row => ({
  invoice_number: number,
  customer_code: customerCode,
  issue_date: Temporal.PlainDate.from(dueOn).subtract({ days: 30 }).toString(),
  due_date: dueOn,
  currency: 'AED',
  total,
  ...more,
});
