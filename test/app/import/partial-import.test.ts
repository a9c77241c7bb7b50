/** Imports that leave rows out: what is applied, what lies in the rejects file, and that the corrected file brings the rest. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readdirSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { importLedger, type ImportRequest } from '../../../src/app/import-ledger.ts';
import { ImportRefused } from '../../../src/app/import/import-refused.ts';
import { listImports, undoImport } from '../../../src/app/import/undo-import.ts';
import type { Session } from '../../../src/app/session.ts';
import { guardCell, unguardCell } from '../../../src/intake/rejects/rejects-columns.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, MONDAY, testInstallation } from '../installation.ts';
import { csvFile, INVOICES, take } from './csv-file.ts';

const database = testDatabase();
let companies = 0;

async function company(): Promise<Session> {
  const session = await companyWith(testInstallation(database(), { at: MONDAY }), { code: `PART${(companies += 1)}` });
  await take(session, 'customers', ['C-1,One LLC,ap@one.example,30', 'C-2,Two LLC,ap@two.example,30']);
  return session;
}

const rows = async ({ companyId }: Session, sql: string): Promise<readonly unknown[]> =>
  (await database().admin.query<Record<string, unknown>>(sql, [companyId])).rows;
const numbers = async (session: Session): Promise<readonly string[]> =>
  (await rows(session, 'select number, total_minor::text as total from invoices where company_id = $1 order by number')).map((row) =>
    Object.values(row as object).join('='),
  );
const days = async (session: Session): Promise<unknown> =>
  (
    await rows(
      session,
      'select ledger_invoices_as_on::text as invoices, ledger_receipts_as_on::text as receipts from companies where company_id = $1',
    )
  )[0];

const invoice = (number: string, total = '100', customer = 'C-1'): string => `${number},${customer},2026-09-01,2026-10-01,AED,${total},`;
const partial = { partial: {} };
/** The rejects file's rows, cells as they stand. */
const rejects = async (path: string | null): Promise<readonly string[]> =>
  (await readFile(path ?? '', 'utf8')).replace('\uFEFF', '').trimEnd().split('\r\n');

describe('an import with --partial', () => {
  it('takes the rows that are right and writes the others, as they were, with their row and what to do', async () => {
    const session = await company();
    const outcome = await take(session, 'invoices', [invoice('I-1'), invoice('I-2', '12.5x'), invoice('I-3')], partial);
    expect([outcome.kind, outcome.counts.documentsAdded, outcome.rejected.rows]).toEqual(['imported', 2, 1]);
    expect(await numbers(session)).toEqual(['I-1=10000', 'I-3=10000']);
    const [headings, row, ...more] = await rejects(outcome.rejected.path);
    expect(headings).toBe(
      `"wafa_row","wafa_problem","wafa_what_to_do",${INVOICES.split(',')
        .map((cell) => `"${cell}"`)
        .join(',')}`,
    );
    expect(row).toMatch(/^"3","Invoice I-2: .*""total"".*","Write it as .*","I-2","C-1","2026-09-01","2026-10-01","AED","12.5x",""$/);
    expect(more).toEqual([]);
    expect((await listImports(session))[0]?.summary).toMatchObject({ rejected: 1, documentsAdded: 2 });
    const audited = await rows(session, "select detail from audit_logs where company_id = $1 and detail ->> 'rejected' = '1'");
    expect(audited).toHaveLength(1);
  });

  it('the corrected rejects file brings the rest through the same mapping, or by its headings alone', async () => {
    const session = await company();
    const { rejected } = await take(session, 'invoices', [invoice('I-1'), invoice('I-2', 'x'), invoice('I-3', 'y')], partial);
    const path = rejected.path ?? '';
    await writeFile(path, (await readFile(path, 'utf8')).replace(',"x",', ',"25",'));
    const second = await importLedger(session, { path, mapping: 'wafa', kind: 'invoices', ...partial });
    expect([second.counts.documentsAdded, second.rejected.rows]).toEqual([1, 1]);
    expect(second.rejected.path).toBe(path.replace('.rejects.csv', '.rejects-2.csv'));
    expect((await rejects(second.rejected.path))[1]).toMatch(/^"3","Invoice I-3: .*"I-3","C-1","2026-09-01","2026-10-01","AED","y",""$/);
    await writeFile(second.rejected.path ?? '', (await readFile(second.rejected.path ?? '', 'utf8')).replace(',"y",', ',"30",'));
    expect((await importLedger(session, { path: second.rejected.path ?? '' })).counts.documentsAdded).toBe(1);
    expect(await numbers(session)).toEqual(['I-1=10000', 'I-2=2500', 'I-3=3000']);
  });

  it('goes on after a hundred faults, and tells the first hundred', async () => {
    const session = await company();
    const lines = Array.from({ length: 5_000 }, (_, at) => invoice(`I-${at}`, at % 5 === 0 ? '10' : 'no'));
    const outcome = await take(session, 'invoices', lines, partial);
    expect([outcome.counts.documentsAdded, outcome.rejected.rows, outcome.rejected.faults.length]).toEqual([1_000, 4_000, 100]);
    expect(await rejects(outcome.rejected.path)).toHaveLength(4_001);
  });

  it('what does not fit the ledger is left out, with what fitted only because of it', async () => {
    const session = await company();
    const credits = ['CN-1,C-9,2026-09-02,AED,10,,I-1,10', 'CN-2,C-1,2026-09-02,AED,10,,I-1,10', 'CN-3,C-1,2026-09-02,AED,10,,I-404,10'];
    await take(session, 'invoices', [invoice('I-1')]);
    const outcome = await take(session, 'credit-notes', credits, partial);
    expect([outcome.counts.documentsAdded, outcome.rejected.rows]).toEqual([1, 2]);
    expect(await numbers(session)).toEqual(['CN-2=1000', 'I-1=10000']);
    expect(outcome.rejected.faults.map(({ code, at }) => `${at.row ?? ''} ${code}`)).toContain('2 import.unknown-customer');
  });

  it('a payment is left out with all its rows, and of settlements that are too much together, every one', async () => {
    const session = await company();
    await take(session, 'invoices', [invoice('I-1'), invoice('I-2')]);
    const outcome = await take(
      session,
      'payments',
      [
        'P-1,C-1,2026-11-02,AED,50,I-1,20',
        'P-1,C-1,2026-11-02,AED,50,I-2,x',
        'P-2,C-1,2026-11-03,AED,80,I-1,80',
        'P-3,C-1,2026-11-03,AED,80,I-1,80',
        'P-4,C-1,2026-11-03,AED,5,I-2,5',
      ],
      partial,
    );
    expect([outcome.counts.paymentsAdded, outcome.rejected.rows]).toEqual([1, 4]);
    expect((await rejects(outcome.rejected.path)).slice(1).map((line) => line.slice(0, 4))).toEqual(['"2",', '"3",', '"4",', '"5",']);
  });

  it('of two rows that contradict each other neither is taken', async () => {
    const session = await company();
    const outcome = await take(session, 'invoices', [invoice('I-1'), invoice('I-2', '10'), invoice('I-2', '20')], partial);
    expect([await numbers(session), outcome.rejected.rows]).toEqual([['I-1=10000'], 2]);
    expect((await rejects(outcome.rejected.path))[1]).toMatch(/^"3","Refused with row 4,/);
  });

  it('an invoice of several lines is left out whole, also for a line nobody can read', async () => {
    const session = await company();
    const mapping = await csvFile(
      JSON.stringify({
        name: 'lines-test',
        title: 'Lines',
        source: 'a test',
        ledger: 'transactions',
        dates: 'yyyy-mm-dd',
        currency: 'AED',
        otherColumns: 'ignore',
        files: {
          invoices: {
            yields: {
              customers: { fields: { code: 'customer', name: 'customer' } },
              invoices: { lines: 'sum', fields: { number: 'no', customerCode: 'customer', issuedOn: 'on', dueOn: 'on', total: 'amount' } },
            },
          },
        },
      }),
    );
    const line = (number: string, amount: string, customer = 'N-1'): string => `${number},${customer},2026-09-01,${amount}`;
    const path = await csvFile(
      'no,customer,on,amount',
      line('A', 'x'),
      line('A', '5'),
      line('B', '1'),
      line('B', '2'),
      line('C', '1'),
      'C,N-1,2026-09-01',
      line('C', '3'),
      line('D', '4'),
      line('E', '6'),
      line('E', 'y'),
      line('F', '7', 'N-2'),
    );
    const outcome = await importLedger(session, { path, mapping, kind: 'invoices', ...partial });
    expect(await numbers(session)).toEqual(['B=300', 'D=400', 'F=700']);
    expect(outcome.rejected.rows).toBe(7);
    // The customer's first row is refused for its amount: they are there all the same, since other invoices need them.
    expect(await rows(session, "select code from customers where company_id = $1 and code like 'N-%' order by code")).toEqual([
      { code: 'N-1' },
      { code: 'N-2' },
    ]);
  });

  it('rows of cheques and the like are recorded each for itself', async () => {
    const session = await company();
    await take(session, 'invoices', [invoice('I-1'), invoice('I-2', '100', 'C-2')]);
    const cheques = ['C-1,100,Bank,2026-12-10,50,AED,', 'C-404,101,Bank,2026-12-10,50,AED,', 'C-2,102,Bank,2026-12-11,50,AED,'];
    const outcome = await take(session, 'cheques', cheques, partial);
    expect([outcome.counts.chequesAdded, outcome.rejected.rows]).toEqual([2, 1]);
    expect((await rejects(outcome.rejected.path))[1]).toMatch(/^"3",.*"C-404","101"/);
  });

  it('receipts count as no newer than before while rows of them are out, also after another import was undone', async () => {
    const session = await company();
    await take(session, 'invoices', [invoice('I-1')], { ledgerOn: Temporal.PlainDate.from('2026-11-20') });
    const payments = ['P-1,C-1,2026-11-02,AED,50,I-1,50', 'P-2,C-1,2026-11-02,AED,no,,'];
    const outcome = await take(session, 'payments', payments, partial);
    expect([outcome.holdsReceiptsBack, await days(session)]).toEqual([true, { invoices: '2026-11-20', receipts: null }]);
    const undone = await take(session, 'invoices', [invoice('I-9')]);
    await undoImport(session, undone.batchId ?? 0);
    expect(await days(session)).toEqual({ invoices: '2026-11-20', receipts: null });
    const path = outcome.rejected.path ?? '';
    await writeFile(path, (await readFile(path, 'utf8')).replace(',"no",', ',"5",'));
    expect((await importLedger(session, { path })).holdsReceiptsBack).toBe(false);
    expect(await days(session)).toMatchObject({ receipts: expect.stringMatching(/^2026-/) as unknown });
  });

  it('a file without one good row is refused, and so is a complete list in part', async () => {
    const session = await company();
    await expect(take(session, 'invoices', [invoice('I-1', 'x'), invoice('I-2', 'y', 'C-404')], partial)).rejects.toThrow(ImportRefused);
    await expect(take(session, 'invoices', [invoice('I-1')], { ...partial, completeList: {} })).rejects.toMatchObject({
      code: 'import.partial-complete-list',
    });
    expect(await numbers(session)).toEqual([]);
  });

  it('expectations speak of what is taken in', async () => {
    const session = await company();
    const lines = [invoice('I-1'), invoice('I-2', '50', 'C-404')];
    await expect(take(session, 'invoices', lines, { ...partial, expectations: { totals: 'AED=150' } })).rejects.toThrow(
      /AED 100\.00, 150\.00/,
    );
    expect((await take(session, 'invoices', lines, { ...partial, expectations: { totals: 'AED=100' } })).rejected.rows).toBe(1);
  });

  it('a dry run says what it would leave out, and writes it only where it was told to', async () => {
    const session = await company();
    const path = await csvFile(INVOICES, invoice('I-1'), invoice('I-2', 'x'));
    const request: ImportRequest = { path, mapping: 'wafa', kind: 'invoices', isDryRun: true };
    const outcome = await importLedger(session, { ...request, ...partial });
    expect([outcome.rejected.rows, outcome.rejected.path, readdirSync(dirname(path))]).toEqual([1, null, ['ledger.csv']]);
    const named = join(dirname(path), 'wrong.csv');
    expect((await importLedger(session, { ...request, partial: { rejects: named } })).rejected.path).toBe(named);
    expect([(await rejects(named)).length, await numbers(session)]).toEqual([2, []]);
  });

  it('without a place for the rejects nothing is imported, and the ledger itself is never written over', async () => {
    const session = await company();
    const path = await csvFile(INVOICES, invoice('I-1'), invoice('I-2', 'x'));
    for (const where of [join(dirname(path), 'absent', 'r.csv'), path, dirname(path)])
      await expect(importLedger(session, { path, mapping: 'wafa', kind: 'invoices', partial: { rejects: where } })).rejects.toMatchObject({
        code: 'import.rejects-unwritable',
      });
    expect([await numbers(session), readdirSync(dirname(path))]).toEqual([[], ['ledger.csv']]);
  });

  it('JSON lines stay JSON lines, with the digits of their numbers', async () => {
    const session = await company();
    const line = (number: string, total: string): string =>
      `{"invoice_number":"${number}","customer_code":"C-1","issue_date":"2026-09-01","due_date":"2026-10-01","currency":"AED","total":${total}}`;
    const path = await csvFile(line('J-1', '10.50'), line('J-2', '0.30000000000000004'));
    const { rejected } = await importLedger(session, { path, mapping: 'wafa', kind: 'invoices', ...partial });
    expect(rejected.path).toMatch(/\.rejects\.jsonl$/);
    const text = await readFile(rejected.path ?? '', 'utf8');
    expect(text).toMatch(/^\{"wafa_row":2,"wafa_problem":".*"total":0\.30000000000000004\}\n$/);
    await writeFile(rejected.path ?? '', text.replace(':0.30000000000000004', ':0.30'));
    expect((await importLedger(session, { path: rejected.path ?? '' })).counts.documentsAdded).toBe(1);
    expect(await numbers(session)).toEqual(['J-1=1050', 'J-2=30']);
  });

  it('a line that is no JSON is left out as it was, and comes back once it is mended', async () => {
    const session = await company();
    const line = (number: string): string =>
      `{"invoice_number":"${number}","customer_code":"C-1","issue_date":"2026-09-01","due_date":"2026-10-01","currency":"AED","total":10}`;
    const broken = line('J-2').slice(0, -1);
    const path = await csvFile(line('J-1'), broken, line('J-3'));
    await expect(importLedger(session, { path, mapping: 'wafa', kind: 'invoices' })).rejects.toThrow(ImportRefused);
    const { rejected } = await importLedger(session, { path, mapping: 'wafa', kind: 'invoices', ...partial });
    const text = await readFile(rejected.path ?? '', 'utf8');
    expect(text).toMatch(/^\{"wafa_row":2,"wafa_problem":".*is not JSON.*"\}\n/);
    expect(text.split('\n')[1]).toBe(broken);
    await writeFile(rejected.path ?? '', text.replace(broken, line('J-2')));
    expect((await importLedger(session, { path: rejected.path ?? '' })).counts.documentsAdded).toBe(1);
    expect(await numbers(session)).toEqual(['J-1=1000', 'J-2=1000', 'J-3=1000']);
  });

  it('a cell that a spreadsheet would run stands there as text, and is read as it was', async () => {
    const session = await company();
    const attack = "=cmd|' /C calc'!A0";
    const customers = [`C-5,"${attack}",bad address,30`, 'C-6,Six,six@six.example,30'];
    const { rejected } = await take(session, 'customers', customers, partial);
    const text = await readFile(rejected.path ?? '', 'utf8');
    expect(text).toContain(`"'${attack}"`);
    await writeFile(rejected.path ?? '', text.replace(',"bad address",', ',"ap@five.example",'));
    const again = await importLedger(session, { path: rejected.path ?? '' }).then(
      () => rows(session, "select name from customers where company_id = $1 and code = 'C-5'"),
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    expect(again).toEqual([{ name: attack }]);
  });

  it('any text comes back as it was, and none begins a formula', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^['=+\-@ ]{0,4}\w{0,3}$/)), (text) => {
        const guarded = guardCell(text);
        expect(unguardCell(guarded)).toBe(text);
        expect(/^\s*[=@\uFF1D\uFF0B\uFF0D\uFF20]|^\s*[+-](?!\d[\d.,]*$)/.test(guarded)).toBe(false);
      }),
    );
  });
});
