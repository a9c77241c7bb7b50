import { beforeAll, describe, expect, it } from 'vitest';
import { importLedger } from '../../../src/app/import-ledger.ts';
import type { Session } from '../../../src/app/session.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { csvFile, faultsOf, INVOICES, take } from './csv-file.ts';

const database = testDatabase();
let made = 0;

/** A company of its own for each test, with customers C-1 and C-2. */
async function company(): Promise<Session> {
  const session = await companyWith(testInstallation(database()), { code: `T${(made += 1)}` });
  await take(session, 'customers', ['C-1,One LLC,ap@one.example,30', 'C-2,Two LLC,ap@two.example,']);
  return session;
}

const rows = async (session: Session, sql: string): Promise<readonly Record<string, unknown>[]> =>
  (await database().admin.query<Record<string, unknown>>(sql, [session.companyId])).rows;

const balances = (session: Session): Promise<readonly Record<string, unknown>[]> =>
  rows(
    session,
    'select number, open_minor::int as open, settled_on::text as settled, version from invoices where company_id = $1 order by number',
  );

/** Everything an import may write, as one comparable value. */
const ledgerOf = (session: Session): Promise<readonly Record<string, unknown>[]> =>
  rows(
    session,
    `select (select jsonb_agg(to_jsonb(c) order by id) from customers c where company_id = $1) as customers,
            (select jsonb_agg(to_jsonb(c) order by id) from contacts c where company_id = $1) as contacts,
            (select jsonb_agg(to_jsonb(i) order by id) from invoices i where company_id = $1) as invoices,
            (select jsonb_agg(to_jsonb(p) order by id) from payments p where company_id = $1) as payments,
            (select jsonb_agg(to_jsonb(a) order by id) from allocations a where company_id = $1) as allocations,
            (select jsonb_agg(to_jsonb(b) order by id) from import_batches b where company_id = $1) as batches,
            (select to_jsonb(c) from companies c where company_id = $1) as company,
            (select last_id from audit_heads where company_id = $1) as events`,
  );

describe('importing a ledger', () => {
  it('takes invoices, part payments and credit notes and settles what they pay', async () => {
    const session = await company();
    await take(session, 'invoices', [
      'INV-1,C-1,2026-10-01,2026-10-31,AED,1000,',
      'INV-2,C-1,2026-10-05,,AED,500.50,',
      'INV-3,C-2,2026-10-05,2026-11-05,USD,70,',
    ]);
    await take(session, 'credit-notes', ['CN-1,C-1,2026-10-20,AED,100,INV-1,INV-1,60']);
    const outcome = await take(session, 'payments', ['P-1,C-1,2026-11-02,AED,1000,INV-1,940', 'P-1,C-1,2026-11-02,AED,1000,INV-2,10']);
    expect(outcome.counts).toMatchObject({ paymentsAdded: 1, allocationsAdded: 2 });
    expect(await balances(session)).toEqual([
      { number: 'CN-1', open: 4000, settled: null, version: 1 },
      { number: 'INV-1', open: 0, settled: '2026-11-02', version: 3 },
      { number: 'INV-2', open: 49_050, settled: null, version: 2 },
      { number: 'INV-3', open: 7000, settled: null, version: 1 },
    ]);
    expect(await rows(session, 'select unallocated_minor::int as rest from payments where company_id = $1')).toEqual([{ rest: 5000 }]);
    expect(await rows(session, `select due_on::text, is_due_computed from invoices where company_id = $1 and number = 'INV-2'`)).toEqual([
      { due_on: '2026-11-04', is_due_computed: true },
    ]);
  });

  it('changes nothing when the same files come again', async () => {
    const session = await company();
    const files = [
      ['invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,', 'INV-2,C-1,2026-10-05,,AED,500.50,']],
      ['credit-notes', ['CN-1,C-1,2026-10-20,AED,100,INV-1,INV-1,60']],
      ['payments', ['P-1,C-1,2026-11-02,AED,900,INV-1,900']],
    ] as const;
    for (const [kind, lines] of files) await take(session, kind, lines);
    const before = await ledgerOf(session);
    for (const [kind, lines] of files) {
      expect(await take(session, kind, lines)).toMatchObject({ kind: 'nothing-new', batchId: null, hasLedgerMoved: false });
    }
    expect(await ledgerOf(session)).toEqual(before);
  });

  it('touches only the rows and accounts that differ', async () => {
    const session = await company();
    await take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,', 'INV-2,C-2,2026-10-05,2026-11-05,AED,500,']);
    const facts = async (): Promise<unknown> =>
      rows(session, 'select code, facts_version::int as facts, version from customers where company_id = $1 order by code');
    // The ledger's day has moved with it: every account is planned anew whatever its own number says.
    expect(await facts()).toEqual([
      { code: 'C-1', facts: 1, version: 1 },
      { code: 'C-2', facts: 1, version: 1 },
    ]);
    await take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-11-15,AED,1000,', 'INV-2,C-2,2026-10-05,2026-11-05,AED,500,']);
    await take(session, 'customers', ['C-1,One LLC,ap@one.example,45', 'C-2,Two LLC,ap@two.example,']);
    expect(await facts()).toEqual([
      { code: 'C-1', facts: 3, version: 2 },
      { code: 'C-2', facts: 1, version: 1 },
    ]);
    await take(session, 'invoices', ['INV-3,C-2,2026-10-05,2026-11-05,AED,70,']);
    expect(await facts()).toEqual([
      { code: 'C-1', facts: 3, version: 2 },
      { code: 'C-2', facts: 2, version: 1 },
    ]);
    expect((await balances(session)).map(({ version }) => version)).toEqual([2, 1, 1]);
  });

  it('writes one audit event for each import that brought something', async () => {
    const session = await company();
    const lines = ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,'];
    await take(session, 'invoices', lines);
    await take(session, 'invoices', lines);
    const events = await rows(
      session,
      `select verb, object_kind, detail->>'documentsAdded' as added from audit_logs where company_id = $1 and verb = 'import' order by id`,
    );
    expect(events).toEqual([
      { verb: 'import', object_kind: 'import', added: '0' },
      { verb: 'import', object_kind: 'import', added: '1' },
    ]);
  });

  it('leaves nothing behind when it fails half-way', async () => {
    const session = await company();
    const before = await ledgerOf(session);
    const lines = Array.from({ length: 12_000 }, (_, index) => `INV-${index},C-1,2026-10-01,2026-10-31,AED,10,`);
    let chunks = 0;
    const stopped = take(session, 'invoices', lines, {
      onProgress: ({ step }) => {
        if (step === 'Writing invoices' && (chunks += 1) === 1) throw new Error('the plug was pulled');
      },
    });
    await expect(stopped).rejects.toThrow('the plug was pulled');
    expect(chunks).toBe(1);
    expect(await ledgerOf(session)).toEqual(before);
  });

  it('a dry run says what would come in and keeps nothing', async () => {
    const session = await company();
    const before = await ledgerOf(session);
    const outcome = await take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,'], { isDryRun: true });
    expect(outcome).toMatchObject({ kind: 'imported', isDryRun: true, batchId: null, counts: { documentsAdded: 1 } });
    expect(await ledgerOf(session)).toEqual(before);
  });

  it('two imports at once come one after the other, and the second finds nothing new', async () => {
    const session = await company();
    const lines = Array.from({ length: 3_000 }, (_, index) => `INV-${index},C-${1 + (index % 2)},2026-10-01,2026-10-31,AED,10,`);
    const outcomes = await Promise.all([take(session, 'invoices', lines), take(session, 'invoices', lines)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['imported', 'nothing-new']);
    expect(await balances(session)).toHaveLength(3_000);
  });

  it('brings a branch and its head office in together, whatever their order in the file', async () => {
    const session = await companyWith(testInstallation(database()), { code: `T${(made += 1)}` });
    const path = await csvFile('customer_code,name,bill_to', 'B-1,Branch,H-1', 'H-1,Head office,', 'B-2,Branch two,H-1');
    await importLedger(session, { path, mapping: 'wafa', kind: 'customers' });
    expect(
      await rows(
        session,
        `select c.code, a.code as account from customers c join customers a on a.company_id = $1 and a.id = c.account_id where c.company_id = $1 order by 1`,
      ),
    ).toEqual([
      { code: 'B-1', account: 'H-1' },
      { code: 'B-2', account: 'H-1' },
      { code: 'H-1', account: 'H-1' },
    ]);
  });

  it('gives an account the new address of the ledger and keeps the old one as a further contact', async () => {
    const session = await company();
    await take(session, 'customers', ['C-1,One LLC,AP@one.example,30']);
    await take(session, 'customers', ['C-1,One LLC,finance@one.example,30']);
    expect(
      await rows(
        session,
        `select k.address, k.is_primary from contacts k join customers c on c.company_id = $1 and c.id = k.customer_id where k.company_id = $1 and c.code = 'C-1' order by k.id`,
      ),
    ).toEqual([
      { address: 'ap@one.example', is_primary: false },
      { address: 'finance@one.example', is_primary: true },
    ]);
  });

  it('finds mapping and kind from the headings', async () => {
    const session = await company();
    const path = await csvFile(INVOICES, 'INV-1,C-1,2026-10-01,2026-10-31,AED,1000,');
    expect(await importLedger(session, { path })).toMatchObject({ mapping: 'wafa', recordKind: 'invoices', counts: { documentsAdded: 1 } });
  });

  it('is refused to a viewer, who leaves a trace of having tried', async () => {
    const session = await company();
    const viewer = await sessionOf(database(), session, `viewer-${session.companyCode}`, ['VIEWER']);
    await expect(take(viewer, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,'])).rejects.toMatchObject({
      code: 'permission.refused',
    });
    expect(await balances(session)).toEqual([]);
    expect(await rows(session, `select verb, reason from audit_logs where company_id = $1 order by id desc limit 1`)).toEqual([
      { verb: 'import', reason: 'refused: role' },
    ]);
  });
});

describe('a ledger that states balances', () => {
  let session: Session;
  beforeAll(async () => {
    session = await company();
    await take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,400', 'INV-2,C-1,2026-10-01,2026-10-31,AED,500,500'], {
      ledgerOn: Temporal.PlainDate.from('2026-11-20'),
    });
  });

  it('gets an adjustment dated its day for what it has closed', async () => {
    expect((await balances(session)).map(({ open }) => open)).toEqual([40_000, 50_000]);
    expect(
      await rows(session, `select kind, amount_minor::int as amount, effective_on::text from allocations where company_id = $1`),
    ).toEqual([{ kind: 'ADJUSTMENT', amount: 60_000, effective_on: '2026-11-20' }]);
  });

  it('closes more with the next ledger and gives back what it took too much', async () => {
    await take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,0', 'INV-2,C-1,2026-10-01,2026-10-31,AED,500,200'], {
      ledgerOn: Temporal.PlainDate.from('2026-11-21'),
    });
    expect((await balances(session)).map(({ open, settled }) => [open, settled])).toEqual([
      [0, '2026-11-21'],
      [20_000, null],
    ]);
    await take(session, 'invoices', ['INV-1,C-1,2026-10-01,2026-10-31,AED,1000,150', 'INV-2,C-1,2026-10-01,2026-10-31,AED,500,200'], {
      ledgerOn: Temporal.PlainDate.from('2026-11-22'),
    });
    expect((await balances(session)).map(({ open }) => open)).toEqual([15_000, 20_000]);
  });

  it('speaks for its own day, never for a later or an earlier one than it has', async () => {
    const day = async (): Promise<unknown> =>
      rows(
        session,
        'select ledger_invoices_as_on::text as invoices, ledger_receipts_as_on::text as receipts from companies where company_id = $1',
      );
    expect(await day()).toEqual([{ invoices: '2026-11-22', receipts: '2026-11-22' }]);
    await take(session, 'invoices', ['INV-9,C-1,2026-10-01,2026-10-31,AED,1,'], { ledgerOn: Temporal.PlainDate.from('2026-11-10') });
    expect(await day()).toEqual([{ invoices: '2026-11-22', receipts: '2026-11-22' }]);
    await expect(
      take(session, 'invoices', ['INV-9,C-1,2026-10-01,2026-10-31,AED,1,'], { ledgerOn: Temporal.PlainDate.from('2026-11-24') }),
    ).rejects.toMatchObject({ code: 'import.ledger-in-future' });
  });

  it('moves its day even when nothing else is new', async () => {
    const lines = ['INV-9,C-1,2026-10-01,2026-10-31,AED,1,'];
    expect(await take(session, 'invoices', lines, { ledgerOn: Temporal.PlainDate.from('2026-11-23') })).toMatchObject({
      kind: 'imported',
      hasLedgerMoved: true,
      counts: { documentsAdded: 0, documentsChanged: 0 },
    });
    expect(await take(session, 'invoices', lines, { ledgerOn: Temporal.PlainDate.from('2026-11-23') })).toMatchObject({
      kind: 'nothing-new',
    });
  });
});

describe('names from outside', () => {
  it('survive byte for byte, whatever they would mean to a database or a terminal', async () => {
    const session = await companyWith(testInstallation(database()), { code: `T${(made += 1)}` });
    const names = [
      `Robert'); DROP TABLE invoices;--`,
      'شركة الخليج للتجارة ذ.م.م',
      'İstanbul Işık A.Ş.',
      '{{ company.name }} <b>',
      'back\\slash \\N \\.',
    ];
    await take(
      session,
      'customers',
      names.map((name, index) => `C-${index},"${name.replaceAll('"', '""')}",,`),
    );
    expect((await rows(session, 'select name from customers where company_id = $1 order by code')).map(({ name }) => name)).toEqual(names);
  });

  it('are refused when they hold controls, and the message shows none', async () => {
    const session = await companyWith(testInstallation(database()), { code: `T${(made += 1)}` });
    const faults = await faultsOf(take(session, 'customers', ['C-1,Acme\u001b[8mhidden,,', 'C-2,Acme \u202eDIAP,,', 'C-3,Fine LLC,,']));
    expect(new Set(faults.map(({ row, column }) => `${row ?? ''} ${column ?? ''}`))).toEqual(new Set(['2 name', '3 name']));
    expect(faults.map(({ message }) => message).join('')).not.toMatch(/\p{Cc}|\p{Bidi_C}/u);
    expect(await rows(session, 'select 1 from customers where company_id = $1')).toEqual([]);
  });
});
