import { beforeEach, describe, expect, it } from 'vitest';
import { liftBlock } from '../../../src/app/lift-block.ts';
import { blockResult } from '../../../src/app/commands/block-view.ts';
import { recordBlock, recordDispute } from '../../../src/app/record-block.ts';
import { recordPromise } from '../../../src/app/record-promise.ts';
import type { Session } from '../../../src/app/session.ts';
import { importLedger } from '../../../src/app/import-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { csvFile, take } from '../import/csv-file.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';

const database = testDatabase();
let session: Session;
let operator: Session;
let made = 0;
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

beforeEach(async () => {
  session = await companyWith(testInstallation(database()), { code: `B${(made += 1)}` });
  operator = await sessionOf(database(), session, `operator-${made}`, ['OPERATOR']);
  const path = await csvFile('customer_code,name,bill_to', 'H-1,Head office,', 'B-1,Branch,H-1', 'C-2,Another,');
  await importLedger(session, { path, mapping: 'wafa', kind: 'customers' });
  await take(session, 'invoices', [
    'INV-1,H-1,2026-09-01,2026-10-01,AED,100,',
    'INV-2,B-1,2026-09-10,2026-10-10,AED,200,',
    'INV-3,H-1,2026-09-20,2026-10-20,AED,300,',
    'INV-9,C-2,2026-09-20,2026-10-20,AED,300,',
  ]);
});

const rows = async (sql: string): Promise<readonly unknown[]> =>
  (await database().admin.query<Record<string, unknown>>(sql, [session.companyId])).rows;
const blocks = (): Promise<readonly unknown[]> =>
  rows(`select b.kind, c.code, i.number, b.amount_minor::int as amount, b.until_on::text as until, b.outcome, (b.group_id is not null) as follows
          from blocks b join customers c on c.company_id = $1 and c.id = b.customer_id left join invoices i on i.company_id = $1 and i.id = b.invoice_id
         where b.company_id = $1 order by b.id`);

describe('a promise', () => {
  it('covers everything open in the account, branches included, to its day and two working days beyond', async () => {
    // Thursday; Friday is worked, Saturday and Sunday are not.
    const promise = await recordPromise(operator, { customerCode: 'B-1', promisedOn: day('2026-11-26') });
    expect(promise).toMatchObject({ invoices: ['INV-1', 'INV-2', 'INV-3'], untilOn: day('2026-11-30') });
    expect(await blocks()).toEqual([
      { kind: 'PROMISE', code: 'H-1', number: 'INV-1', amount: null, until: '2026-11-30', outcome: null, follows: false },
      { kind: 'PROMISE', code: 'B-1', number: 'INV-2', amount: null, until: '2026-11-30', outcome: null, follows: true },
      { kind: 'PROMISE', code: 'H-1', number: 'INV-3', amount: null, until: '2026-11-30', outcome: null, follows: true },
    ]);
  });

  it('of an amount covers the oldest invoices as far as it reaches', async () => {
    await recordPromise(operator, { customerCode: 'H-1', promisedOn: day('2026-11-26'), amount: '250' });
    expect(await blocks()).toMatchObject([
      { number: 'INV-1', amount: null },
      { number: 'INV-2', amount: 15_000 },
    ]);
  });

  it('after two broken ones takes an approver, and the attempt is on the record', async () => {
    await database().admin.query(
      `insert into blocks (company_id, customer_id, kind, reason, started_on, promised_on, ended_at, outcome)
       select $1, id, 'PROMISE', 'x', '2026-01-01', '2026-01-02', now(), 'BROKEN' from customers, generate_series(1, 2) where company_id = $1 and code = 'B-1'`,
      [session.companyId],
    );
    const request = { customerCode: 'H-1', promisedOn: day('2026-11-26') };
    await expect(recordPromise(operator, request)).rejects.toMatchObject({ code: 'permission.needs-approver', kind: 'refused' });
    expect(await rows(`select verb from audit_logs where company_id = $1 and reason like 'refused:%'`)).toEqual([{ verb: 'promise' }]);
    await expect(recordPromise(session, request)).resolves.toMatchObject({ customerCode: 'H-1' });
  });

  it.each([
    ['a day that is past', { customerCode: 'H-1', promisedOn: day('2026-11-22') }, 'promise.in-past'],
    ["somebody else's invoice", { customerCode: 'H-1', promisedOn: day('2026-11-26'), invoices: ['INV-9'] }, 'invoice.other-account'],
    ['more than a fortnight ahead from an operator', { customerCode: 'H-1', promisedOn: day('2026-12-08') }, 'permission.needs-approver'],
  ])('is refused for %s', async (_, request, code) => {
    await expect(recordPromise(operator, request)).rejects.toMatchObject({ code });
    expect(await blocks()).toEqual([]);
  });
});

describe('a block', () => {
  it('on a branch is a block on the account that is written to', async () => {
    expect(await recordBlock(operator, { kind: 'DO_NOT_CHASE', customerCode: 'B-1', reason: 'Set-off agreed' })).toMatchObject({
      customerCode: 'H-1',
      invoice: null,
      untilOn: day('2026-12-07'),
    });
    expect(await blocks()).toMatchObject([{ code: 'H-1', number: null }]);
  });

  it('for more than a fortnight, or without an end, takes an approver', async () => {
    const request = { kind: 'RETENTION', invoice: 'INV-2', reason: 'Retention until handover' } as const;
    await expect(recordBlock(operator, { ...request, until: day('2026-12-08') })).rejects.toMatchObject({
      code: 'permission.needs-approver',
    });
    await expect(recordBlock(operator, { ...request, until: 'never' })).rejects.toMatchObject({ code: 'permission.needs-approver' });
    await expect(recordBlock(operator, { ...request, until: day('2026-12-07') })).resolves.toMatchObject({ untilOn: day('2026-12-07') });
    await expect(recordBlock(session, { ...request, until: 'never' })).resolves.toMatchObject({ untilOn: null });
  });

  it('for a cheque in hand runs to its date and three working days', async () => {
    const cheque = { number: '000123', bank: 'A bank', datedOn: day('2027-02-11') };
    expect(await recordBlock(operator, { kind: 'CHEQUE', invoice: 'INV-1', reason: 'Cheque in the safe', cheque })).toMatchObject({
      untilOn: day('2027-02-16'),
    });
    await expect(recordBlock(operator, { kind: 'CHEQUE', invoice: 'INV-1', reason: 'Cheque' })).rejects.toMatchObject({
      code: 'block.no-cheque',
    });
  });

  it('for a receipt not yet matched runs five working days, or to the day given', async () => {
    // Monday; Tuesday to Friday and Monday are worked.
    const allocation = { kind: 'ALLOCATION', customerCode: 'H-1', reason: 'receipt of 20 November' } as const;
    expect(await recordBlock(operator, allocation)).toMatchObject({ untilOn: day('2026-11-30') });
    expect(await recordBlock(operator, { ...allocation, until: day('2026-11-25') })).toMatchObject({ untilOn: day('2026-11-25') });
  });

  it('for a dispute stands until it is lifted, on the disputed amount only', async () => {
    const dispute = await recordDispute(operator, { invoice: 'INV-2', reason: 'Short delivery', amount: '50' });
    const { id } = dispute;
    expect(blockResult(dispute).notes).toContain(
      `AED 50.00 of invoice INV-2 of ${dispute.customerCode} is kept out of reminders until it is lifted with \`wafa unblock ${id}\` (block ${id}, DISPUTE).`,
    );
    expect(await blocks()).toMatchObject([{ kind: 'DISPUTE', code: 'B-1', number: 'INV-2', amount: 5000, until: null }]);
    await expect(recordDispute(operator, { invoice: 'INV-2', reason: 'More', amount: '200.01' })).rejects.toMatchObject({
      code: 'block.over-balance',
    });
    await liftBlock(operator, { id, reason: 'Credit note sent' });
    expect(await blocks()).toMatchObject([{ outcome: 'LIFTED' }]);
    await expect(liftBlock(operator, { id, reason: 'again' })).rejects.toMatchObject({ code: 'block.ended' });
  });

  it('over several items is lifted as one, whichever of them is named', async () => {
    await recordPromise(operator, { customerCode: 'H-1', promisedOn: day('2026-11-26') });
    const last = (await rows('select max(id)::int as id from blocks where company_id = $1')) as { id: number }[];
    expect(await liftBlock(operator, { id: last[0]!.id as never, reason: 'Paid today' })).toMatchObject({ lifted: 3 });
  });

  it('of another company is unknown', async () => {
    const { id } = await recordDispute(operator, { invoice: 'INV-2', reason: 'Short delivery' });
    const other = await companyWith(testInstallation(database()), { code: `O${made}` });
    await expect(liftBlock(other, { id, reason: 'mine?' })).rejects.toMatchObject({ code: 'block.unknown' });
    expect(await blocks()).toMatchObject([{ outcome: null }]);
  });
});
