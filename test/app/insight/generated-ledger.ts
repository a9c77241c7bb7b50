/** Ledgers made up by chance, written into a company's tables as an import leaves them, and taken out again. */
import fc from 'fast-check';

import type { Session } from '../../../src/app/session.ts';
import { addDays, type Day } from '../../../src/domain/days.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { NaiveInvoice } from '../../domain/insight/naive-ledger.ts';

/** Invoices of a few accounts and currencies over a year up to a day; some paid in parts, some only after that day, some in advance of it. */
export const ledgers = (
  upTo: Day,
  sizes: { readonly minLength?: number; readonly maxLength: number } = { maxLength: 25 },
): fc.Arbitrary<readonly NaiveInvoice[]> =>
  fc.array(
    fc
      .record({
        account: fc.constantFrom('C-1', 'C-2', 'C-3', 'C-4'),
        currency: fc.constantFrom('AED', 'AED', 'USD', 'KWD'),
        issuedAgo: fc.integer({ min: -20, max: 360 }),
        terms: fc.integer({ min: 0, max: 60 }),
        totalMinor: fc.bigInt({ min: 1n, max: 50_000_000n }),
        paid: fc.array(fc.record({ after: fc.integer({ min: 0, max: 250 }), percent: fc.constantFrom(10, 50, 99, 100) }), { maxLength: 2 }),
      })
      .map(({ account, currency, issuedAgo, terms, totalMinor, paid }): NaiveInvoice => {
        const issuedOn = addDays(upTo, -issuedAgo);
        let left = totalMinor;
        const parts = paid.map(({ after, percent }) => {
          const minor = (left * BigInt(percent)) / 100n;
          left -= minor;
          return { on: addDays(issuedOn, after), minor };
        });
        return { account, currency, issuedOn, dueOn: addDays(issuedOn, terms), totalMinor, paid: parts.filter(({ minor }) => minor > 0n) };
      }),
    sizes,
  );

/** Replaces the company's ledger. C-4 is a branch of C-3, so both are one account. */
export async function writeLedger({ admin }: TestDatabase, { companyId }: Session, ledger: readonly NaiveInvoice[]): Promise<void> {
  await clearLedger(admin, companyId);
  const ids = new Map<string, string>();
  for (const code of ['C-1', 'C-2', 'C-3', 'C-4']) {
    const { rows } = await admin.query<{ id: string }>(
      'insert into customers (company_id, code, name, bill_to_id) values ($1, $2, $2, $3) returning id',
      [companyId, code, code === 'C-4' ? (ids.get('C-3') ?? null) : null],
    );
    ids.set(code, rows[0]?.id ?? '');
  }
  for (const [index, one] of ledger.entries())
    await writeInvoice(admin, { companyId, customerId: ids.get(one.account) ?? '', number: `INV-${index}`, one });
}

const MADE = [
  'daily_balances',
  'daily_mails',
  'daily_snapshots',
  'email_events',
  'email_logs',
  'consolidated_reminder_items',
  'customer_consolidated_reminders',
  'contacts',
  'allocations',
  'invoices',
];

async function clearLedger(admin: TestDatabase['admin'], companyId: number): Promise<void> {
  for (const table of MADE) await admin.query(`delete from ${table} where company_id = $1`, [companyId]);
  await admin.query('delete from customers where company_id = $1 and bill_to_id is not null', [companyId]);
  await admin.query('delete from customers where company_id = $1', [companyId]);
}

interface Written {
  readonly companyId: number;
  readonly customerId: string;
  readonly number: string;
  readonly one: NaiveInvoice;
}

async function writeInvoice(admin: TestDatabase['admin'], { companyId, customerId, number, one }: Written): Promise<void> {
  const openMinor = one.paid.reduce((left, { minor }) => left - minor, one.totalMinor);
  const settledOn =
    openMinor > 0n
      ? null
      : one.paid
          .map(({ on }) => on.toString())
          .toSorted()
          .at(-1);
  const { rows } = await admin.query<{ id: string }>(
    `insert into invoices (company_id, customer_id, kind, number, issued_on, due_on, currency, total_minor, open_minor, settled_on, source)
     values ($1, $2, 'INVOICE', $3, $4, $5, $6, $7, $8, $9, 'test') returning id`,
    [
      companyId,
      customerId,
      number,
      String(one.issuedOn),
      String(one.dueOn),
      one.currency,
      String(one.totalMinor),
      String(openMinor),
      settledOn,
    ],
  );
  for (const { on, minor } of one.paid)
    await admin.query(
      `insert into allocations (company_id, kind, invoice_id, amount_minor, effective_on, reason) values ($1, 'ADJUSTMENT', $2, $3, $4, 'paid')`,
      [companyId, rows[0]?.id, String(minor), String(on)],
    );
}
