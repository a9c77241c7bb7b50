/** Every fact recorded by hand and its undo: afterwards the plan is what it was, and the history of both stays. */
import { beforeEach, describe, expect, it } from 'vitest';
import { markAnswered, readTasks } from '../../../src/app/attend-tasks.ts';
import { explainAccount } from '../../../src/app/explain-account.ts';
import { liftBlock } from '../../../src/app/lift-block.ts';
import { recordBlock, recordDispute, recordRetention } from '../../../src/app/record-block.ts';
import { recordCheque } from '../../../src/app/record-cheque.ts';
import { recordContact, undoContact } from '../../../src/app/record-contact.ts';
import { recordCreditNote } from '../../../src/app/record-credit-note.ts';
import { recordPaidClaim } from '../../../src/app/record-paid-claim.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import { recordPromise } from '../../../src/app/record-promise.ts';
import { settleCheque } from '../../../src/app/settle-cheque.ts';
import type { Session } from '../../../src/app/session.ts';
import { setCustomer } from '../../../src/app/customers/set-customer.ts';
import { suppressAddress, unsuppressAddress } from '../../../src/app/suppress-address.ts';
import { undoCreditNote } from '../../../src/app/undo-credit-note.ts';
import { undoPayment } from '../../../src/app/undo-payment.ts';
import { undoWriteOff, writeOff } from '../../../src/app/write-off.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { at, plan } from '../sending-day.ts';

const database = testDatabase();
let session: Session;
let operator: Session;
let made = 0;
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

beforeEach(async () => {
  session = await companyWith(testInstallation(database()), { code: `T${(made += 1)}` });
  operator = await sessionOf(database(), session, `hand-${made}`, ['OPERATOR']);
  await importSmallLedger(session, {
    customers: [customer('C-1'), customer('C-2')],
    invoices: [
      invoice('C-1', 'INV-1', '5000', '2026-11-02'),
      invoice('C-1', 'INV-2', '3200', '2026-11-05'),
      invoice('C-2', 'INV-4', '700', '2026-11-05'),
    ],
  });
});

const rows = async (sql: string): Promise<readonly unknown[]> =>
  (await database().admin.query<Record<string, unknown>>(sql, [session.companyId])).rows;
const count = async (table: string): Promise<number> =>
  ((await rows(`select count(*)::int as n from ${table} where company_id = $1`)) as { n: number }[])[0]!.n;
const open = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    ((await rows('select number, open_minor::int as open from invoices where company_id = $1')) as { number: string; open: number }[]).map(
      (row) => [row.number, row.open],
    ),
  );
/** What planning would do with the account, and the money it rests on. */
const planOf = async (code: string): Promise<string> => {
  const { fresh, facts } = await explainAccount(session, code);
  return JSON.stringify({ fresh, items: facts.items }, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
};

type Fact = readonly [does: () => Promise<unknown>, undoes: (done: never) => Promise<unknown>];

const FACTS: Readonly<Record<string, Fact>> = {
  'a payment': [
    () => recordPayment(operator, { customerCode: 'C-1', amount: '6000', reference: 'FT1', isOldestFirst: true }),
    () => undoPayment(operator, { reference: 'FT1', reason: 'bounced' }),
  ],
  'cash on account': [
    () => recordPayment(operator, { customerCode: 'C-1', amount: '900', reference: 'FT2' }),
    () => undoPayment(operator, { reference: 'FT2', reason: 'wrong customer' }),
  ],
  'a credit note that was applied': [
    () => recordCreditNote(operator, { number: 'CN-1', customerCode: 'C-1', amount: '1000', invoice: 'INV-1', isApplied: true }),
    () => undoCreditNote(operator, { number: 'CN-1', reason: 'made out twice' }),
  ],
  'a credit note of its own': [
    () => recordCreditNote(operator, { number: 'CN-1', customerCode: 'C-1', amount: '1000' }),
    () => undoCreditNote(operator, { number: 'CN-1', reason: 'made out twice' }),
  ],
  'a write-off': [
    () => writeOff(session, { invoice: 'INV-1', amount: '3.50', reason: 'bank charges' }),
    (done: Awaited<ReturnType<typeof writeOff>>) => undoWriteOff(session, { id: done.id, reason: 'they paid' }),
  ],
  'a promise': [
    () => recordPromise(operator, { customerCode: 'C-1', promisedOn: day('2026-11-26') }),
    (done: Awaited<ReturnType<typeof recordPromise>>) => liftBlock(operator, { id: done.id, reason: 'misheard' }),
  ],
  'a cheque': [
    () => recordCheque(operator, { customerCode: 'C-1', number: '000123', datedOn: day('2026-12-15'), amount: '5000' }),
    () => settleCheque(operator, { number: '000123', became: 'withdrawn' }),
  ],
  'a dispute': [
    () => recordDispute(operator, { invoice: 'INV-1', reason: 'short delivery', amount: '500' }),
    (done: Awaited<ReturnType<typeof recordDispute>>) => liftBlock(operator, { id: done.id, reason: 'settled' }),
  ],
  'a retention': [
    () => recordRetention(session, { invoice: 'INV-1', amount: '500', until: day('2027-06-30') }),
    (done: Awaited<ReturnType<typeof recordRetention>>) => liftBlock(session, { id: done.id, reason: 'released' }),
  ],
  'a claim of payment': [
    () => recordPaidClaim(operator, { customerCode: 'C-1', reference: 'FT9', paidOn: day('2026-11-20') }),
    (done: Awaited<ReturnType<typeof recordPaidClaim>>) => liftBlock(operator, { id: done.id, reason: 'not so' }),
  ],
  'an answer': [
    () => recordBlock(session, { kind: 'REPLY', customerCode: 'C-1', until: 'never', reason: 'asks for a copy' }),
    () => markAnswered(operator, { customerCode: 'C-1', did: 'copy sent' }),
  ],
  'a call that counts': [
    () => recordContact(operator, { customerCode: 'C-1', kind: 'CALL', result: 'will pay', counts: true }),
    (done: Awaited<ReturnType<typeof recordContact>>) => undoContact(operator, { id: done.id, reason: 'another customer' }),
  ],
  'a suppressed address': [
    () => suppressAddress(operator, { address: 'ACCOUNTS@c-1.example', why: 'OPERATOR', reason: 'asked by phone' }),
    () => unsuppressAddress(operator, { address: 'accounts@C-1.example', reason: 'asked back' }),
  ],
  'a customer sent to the lawyers': [
    () => setCustomer(session, { code: 'C-1', values: { collectionStatus: 'LEGAL' } }),
    () => setCustomer(session, { code: 'C-1', values: { collectionStatus: 'NORMAL' } }),
  ],
  'a customer billed through another': [
    () => setCustomer(session, { code: 'C-2', values: { billTo: 'C-1' } }),
    () => setCustomer(session, { code: 'C-2', values: { billTo: '' } }),
  ],
};

describe.each(Object.entries(FACTS))('%s', (_, [does, undoes]) => {
  it('changes the plan, and taken back leaves it as it was', async () => {
    await plan(session);
    const before = await planOf('C-1');
    const done = await does();
    expect(await planOf('C-1')).not.toBe(before);
    await undoes(done as never);
    expect(await planOf('C-1')).toBe(before);
    await plan(session);
    expect(await planOf('C-1')).toBe(before);
  });

  it('taken back deletes nothing, and both are on the record', async () => {
    const done = await does();
    const tables = ['payments', 'allocations', 'invoices', 'blocks', 'contact_log', 'suppressions', 'customers'];
    const before = await Promise.all(tables.map(count));
    const events = await count('audit_logs');
    await undoes(done as never);
    const after = await Promise.all(tables.map(count));
    expect(after.every((n, index) => n >= (before[index] ?? 0))).toBe(true);
    expect(await count('audit_logs')).toBeGreaterThan(events);
  });

  it('taken back by two at once is taken back once', async () => {
    const done = await does();
    const results = await Promise.allSettled([undoes(done as never), undoes(done as never)]);
    const after = await planOf('C-1');
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    const faults = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(faults.filter((fault) => !(fault instanceof OperatorError))).toEqual([]);
    expect(after).toBe(await planOf('C-1'));
    expect(Object.values(await open()).every((minor) => minor >= 0)).toBe(true);
  });
});

describe('a payment that was taken back', () => {
  const pay = (amount = '5000') =>
    recordPayment(operator, { customerCode: 'C-1', amount, reference: 'FT1', invoices: [{ number: 'INV-1', amount: null }] });

  it('stays in the books, and gives its reference to the right one', async () => {
    await pay();
    await undoPayment(operator, { reference: 'FT1', reason: 'bounced' });
    await pay('1000');
    expect(await open()).toMatchObject({ 'INV-1': 400_000 });
    expect(await rows('select reference, (reversed_at is not null) as undone from payments where company_id = $1 order by id')).toEqual([
      { reference: expect.stringMatching(/^FT1 \(undone \d+\)$/) as unknown, undone: true },
      { reference: 'FT1', undone: false },
    ]);
  });

  it('is not brought back by a ledger that still lists it', async () => {
    const payments = [
      {
        payment_reference: 'P-1',
        customer_code: 'C-1',
        received_on: '2026-11-20',
        currency: 'AED',
        amount: '5000',
        invoice_number: 'INV-1',
        allocated_amount: '5000',
      },
    ];
    await importSmallLedger(session, { payments });
    await undoPayment(operator, { reference: 'P-1', reason: 'bounced' });
    await importSmallLedger(session, {
      payments: [...payments, { ...payments[0]!, payment_reference: 'P-2', amount: '10', invoice_number: '', allocated_amount: '' }],
    });
    expect(await open()).toMatchObject({ 'INV-1': 500_000 });
  });

  it('lets the promise stand again that it seemed to keep', async () => {
    await recordPromise(operator, { customerCode: 'C-1', promisedOn: day('2026-11-26'), invoices: ['INV-1'] });
    await pay();
    await plan(session);
    expect(await rows('select outcome from blocks where company_id = $1')).toEqual([{ outcome: 'KEPT' }]);
    await undoPayment(operator, { reference: 'FT1', reason: 'bounced' });
    expect(await rows('select outcome from blocks where company_id = $1')).toEqual([{ outcome: null }]);
  });

  it('is told apart by its customer when two have the same reference', async () => {
    await pay();
    await recordPayment(operator, { customerCode: 'C-2', amount: '5', reference: 'FT1' });
    await expect(undoPayment(operator, { reference: 'FT1', reason: 'bounced' })).rejects.toMatchObject({ code: 'payment.ambiguous' });
    expect(await undoPayment(operator, { reference: 'FT1', customerCode: 'C-2', reason: 'bounced' })).toMatchObject({
      customerCode: 'C-2',
    });
    await expect(undoPayment(operator, { reference: 'FT1', customerCode: 'C-2', reason: 'x' })).rejects.toMatchObject({
      code: 'payment.undone',
      kind: 'nothing-to-do',
    });
  });
});

describe('said twice with the same words', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['a payment', () => recordPayment(operator, { customerCode: 'C-1', amount: '5', reference: 'FT1' }), 'payment.exists'],
    ['a credit note', () => recordCreditNote(operator, { number: 'CN-1', customerCode: 'C-1', amount: '5' }), 'document.exists'],
    ['a promise', () => recordPromise(operator, { customerCode: 'C-1', promisedOn: day('2026-11-26') }), 'promise.exists'],
    ['a cheque', () => recordCheque(operator, { customerCode: 'C-1', number: '7', datedOn: day('2026-12-15') }), 'cheque.exists'],
    ['a claim', () => recordPaidClaim(operator, { customerCode: 'C-1', reference: 'FT9' }), 'paid-claim.exists'],
    ['a call', () => recordContact(operator, { customerCode: 'C-1', kind: 'CALL', result: 'busy', reference: 'T-1' }), 'contact.exists'],
    ['a write-off', () => writeOff(session, { invoice: 'INV-1', amount: '1', reason: 'small', reference: 'W-1' }), 'write-off.exists'],
    ['a suppression', () => suppressAddress(operator, { address: 'a@b.example', why: 'OPERATOR', reason: 'x' }), 'suppression.exists'],
  ])('%s is recorded once, also by two at once', async (_, say, code) => {
    const results = await Promise.allSettled([say(), say()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(say()).rejects.toMatchObject({ code, kind: 'nothing-to-do' });
  });
});

describe('a cheque in hand', () => {
  const take = () =>
    recordCheque(operator, { customerCode: 'C-1', number: '000123', bank: 'ENBD', datedOn: day('2026-12-15'), amount: '6000' });

  it('that clears is money received for what it covered, and the rest stays on account', async () => {
    await take();
    await settleCheque(operator, { number: '000123', became: 'cleared' });
    expect(await open()).toMatchObject({ 'INV-1': 0, 'INV-2': 220_000 });
    expect(await rows('select reference, method, amount_minor::int as amount from payments where company_id = $1')).toEqual([
      { reference: 'CHEQUE 000123', method: 'CHEQUE', amount: 600_000 },
    ]);
    await undoPayment(operator, { reference: 'CHEQUE 000123', reason: 'not credited after all' });
    expect(await rows('select distinct outcome from blocks where company_id = $1')).toEqual([{ outcome: null }]);
  });

  it('that is returned frees its invoices, but nobody is written to until a person has dealt with it', async () => {
    await take();
    const returned = await settleCheque(operator, { number: '000123', became: 'returned', reason: 'no funds' });
    expect(await readTasks(session, 10)).toMatchObject([
      { kind: 'RETURNED_CHEQUE', customerCode: 'C-1', reason: 'Cheque 000123 was returned: no funds' },
    ]);
    expect((await explainAccount(session, 'C-1')).fresh.outcome).toMatchObject({
      kind: 'skip',
      reason: { code: 'blocked', kinds: ['RETURNED_CHEQUE'], until: null },
    });
    expect(returned.taskId).not.toBeNull();
    await markAnswered(operator, { customerCode: 'C-1', did: 'Agreed on a transfer' });
    expect(await readTasks(session, 10)).toEqual([]);
    expect((await explainAccount(session, 'C-1')).fresh.outcome).toMatchObject({ kind: 'reminders' });
    await expect(markAnswered(operator, { customerCode: 'C-1', did: 'again' })).rejects.toMatchObject({ code: 'answered.nothing' });
  });

  it('that nobody heard of is a task when its days are over, and can still be told about', async () => {
    await recordCheque(operator, { customerCode: 'C-1', number: '9', datedOn: day('2026-11-24') });
    const later = await at(session, '2026-12-08T10:00:00+04:00');
    await plan(later);
    expect(await readTasks(later, 10)).toMatchObject([{ kind: 'CHEQUE' }, { kind: 'CHEQUE' }]);
    await settleCheque(later, { number: '9', became: 'returned' });
    expect(await readTasks(later, 10)).toMatchObject([{ kind: 'RETURNED_CHEQUE' }]);
  });

  it.each([
    ['too old to be money', { number: '1', datedOn: day('2026-01-15') }, 'cheque.too-old'],
    ['with a number like a formula', { number: '=1+1', datedOn: day('2026-12-15') }, 'input.bad-text'],
    ['over an invoice of somebody else', { number: '1', datedOn: day('2026-12-15'), invoices: ['INV-4'] }, 'invoice.other-account'],
    ['worth nothing', { number: '1', datedOn: day('2026-12-15'), amount: '0' }, 'input.not-positive'],
  ])('%s is refused', async (_, request, code) => {
    await expect(recordCheque(operator, { customerCode: 'C-1', ...request })).rejects.toMatchObject({ code });
    expect(await count('blocks')).toBe(0);
  });
});

describe('a claim of payment', () => {
  it('ends when the money is found', async () => {
    await recordPaidClaim(operator, { customerCode: 'C-1', invoices: ['INV-1'] });
    await recordPayment(operator, { customerCode: 'C-1', amount: '5000', invoices: [{ number: 'INV-1', amount: null }] });
    await plan(session);
    expect(await rows('select outcome from blocks where company_id = $1')).toEqual([{ outcome: 'KEPT' }]);
    expect(await readTasks(session, 10)).toEqual([]);
  });

  it('becomes a task when it is not found in five working days', async () => {
    const claim = await recordPaidClaim(operator, { customerCode: 'C-1', invoices: ['INV-1'] });
    expect(claim.untilOn).toEqual(day('2026-11-30'));
    const later = await at(session, '2026-12-08T10:00:00+04:00');
    await plan(later);
    expect(await readTasks(later, 10)).toMatchObject([{ kind: 'PAID_CLAIM', invoice: 'INV-1' }]);
  });
});
