/** Finding and setting customers, as somebody does whose telephone rings. */
import { beforeAll, describe, expect, it } from 'vitest';
import { findCustomers } from '../../../src/app/customers/find-customers.ts';
import { setCustomer } from '../../../src/app/customers/set-customer.ts';
import { showCustomer } from '../../../src/app/customers/show-customer.ts';
import { recordBlock } from '../../../src/app/record-block.ts';
import { recordCheque } from '../../../src/app/record-cheque.ts';
import { recordContact } from '../../../src/app/record-contact.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import type { Session } from '../../../src/app/session.ts';
import { suppressAddress } from '../../../src/app/suppress-address.ts';
import { writeOff } from '../../../src/app/write-off.ts';
import { OperatorError } from '../../../src/domain/operator-error.ts';
import { safeText } from '../../../src/domain/safe-text.ts';
import { badInputs, badText, hasBadInputs } from '../../support/bad-inputs.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, plan, queue } from '../sending-day.ts';

const database = testDatabase();
let session: Session;
let operator: Session;

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'FIND' });
  operator = await sessionOf(database(), session, 'hand', ['OPERATOR']);
  await importSmallLedger(session, {
    customers: [
      customer('C-17', { name: 'Al-Noor Building Materials LLC', name_ar: 'شركة النُّور لمواد البناء', phone: '+971 50 123 4567' }),
      customer('C-18', { name: 'Étoile Trading', name_ar: 'مؤسسة أحمد', phone: '04 765 4321' }),
      customer('C-19', { name: 'Noor Sister', phone: '055 123 4567' }),
      customer('C-20', { name: 'Quiet LLC' }),
    ],
    invoices: [
      invoice('C-17', 'INV-104', '5000', '2026-11-02', { customer_reference: 'LPO-778' }),
      invoice('C-20', 'INV-200', '5000', '2026-11-02'),
    ],
  });
});

const found = async (text: string) => (await findCustomers(session, { text, limit: 20 })).map(({ code, matched }) => `${code} ${matched}`);

describe('a customer is found', () => {
  it.each([
    ['00971501234567', ['C-17 phone']],
    ['050 123 4567', ['C-17 phone']],
    ['٠٥٠١٢٣٤٥٦٧', ['C-17 phone']],
    ['1234567', ['C-17 phone', 'C-19 phone']],
    ['inv-104', ['C-17 invoice']],
    ['lpo-778', ['C-17 order']],
    ['accounts@c-18.example', ['C-18 address']],
    ['alnoor', ['C-17 name']],
    ['NOOR', ['C-19 name', 'C-17 name']],
    ['النور', ['C-17 name']],
    ['موسسه احمد', ['C-18 name']],
    ['etoile', ['C-18 name']],
    ['c17', ['C-17 name']],
    ['C-17', ['C-17 code']],
    ['nobody at all', []],
    ['%', 'find.too-short'],
    ["no' or '1'='1", []],
  ])('by %s', async (text, wanted) => {
    expect(await found(text).catch((error: unknown) => (error as OperatorError).code)).toEqual(wanted);
  });

  it('and never more of them than asked for', async () => {
    expect(await findCustomers(session, { text: 'c-', limit: 2 }).catch(() => [])).toHaveLength(0);
    expect(await findCustomers(session, { text: 'noor', limit: 1 })).toHaveLength(1);
  });
});

describe('setting a customer', () => {
  it('says what moved, and set back it is as it was', async () => {
    const before = (await showCustomer(session, 'C-18')).customer;
    const changed = await setCustomer(session, {
      code: 'C-18',
      values: {
        language: 'ar',
        graceDays: '5',
        collectionStatus: 'legal',
        notes: 'Rings on Sundays',
        calendarPreset: '',
        owner: 'hand',
        creditLimit: '1000.50',
      },
    });
    expect(changed.changes).toEqual([
      { setting: 'language', from: '', to: 'AR' },
      { setting: 'graceDays', from: '', to: '5' },
      { setting: 'collectionStatus', from: 'NORMAL', to: 'LEGAL' },
      { setting: 'notes', from: '', to: 'Rings on Sundays' },
      { setting: 'owner', from: '', to: 'hand' },
      { setting: 'creditLimit', from: '', to: '1000.50' },
    ]);
    const back = Object.fromEntries(changed.changes.map(({ setting, from }) => [setting, from]));
    await setCustomer(session, { code: 'C-18', values: back });
    expect((await showCustomer(session, 'C-18')).customer).toEqual(before);
    expect((await setCustomer(session, { code: 'C-18', values: back })).changes).toEqual([]);
  });

  it('leaves no name, number or note in the audit', async () => {
    await setCustomer(session, {
      code: 'C-18',
      values: { notes: 'SECRET-NOTE', phone: '04 999 8888', 'contact.name': 'SECRET-NAME', graceDays: '3' },
    });
    const { rows } = await database().admin.query<{ text: string }>(
      `select string_agg(detail::text || coalesce(reason, ''), ' ') as text from audit_logs where company_id = $1 and verb = 'customer set'`,
      [session.companyId],
    );
    expect(rows[0]?.text).toContain('"notes"');
    expect(rows[0]?.text).toContain('"graceDays"');
    expect(rows[0]?.text).not.toMatch(/SECRET|999/);
  });

  it('of what decides over money takes an APPROVER or an ADMIN, on the record', async () => {
    for (const values of [
      { collectionStatus: 'LEGAL' },
      { billTo: 'C-17' },
      { creditLimit: '5' },
      { maxConsolidationAmount: '5' },
      { isActive: 'no' },
    ])
      await expect(setCustomer(operator, { code: 'C-18', values })).rejects.toMatchObject({ code: 'permission.needs-approver' });
    await expect(setCustomer(operator, { code: 'C-18', values: { graceDays: '9' } })).resolves.toMatchObject({ code: 'C-18' });
    expect((await showCustomer(session, 'C-18')).customer).toMatchObject({ collectionStatus: 'NORMAL', billTo: null, isActive: true });
  });

  it('only tried changes nothing', async () => {
    const tried = await setCustomer(session, { code: 'C-18', values: { language: 'EN' }, isDryRun: true });
    expect(tried.changes).toEqual([{ setting: 'language', from: '', to: 'EN' }]);
    expect((await showCustomer(session, 'C-18')).customer.language).toBeNull();
  });

  it('of the address takes an approved reminder back to a person', async () => {
    await plan(session);
    await approveAll(session);
    const { reminders } = await setCustomer(operator, { code: 'C-20', values: { 'contact.address': 'new@quiet.example' } });
    expect(reminders).toMatchObject([{ status: 'NEEDS_REVIEW', isMoved: true }]);
  });

  it('billed through another ends the reminder over its invoices, and planning asks the head office', async () => {
    await setCustomer(session, { code: 'C-20', values: { billTo: 'C-17' } });
    await plan(session);
    const live = (await queue(session)).filter(({ customer: { code } }) => code === 'C-17' || code === 'C-20');
    expect(live.map(({ customer: { code } }) => code)).not.toContain('C-20');
    await setCustomer(session, { code: 'C-20', values: { billTo: '' } });
    await plan(session);
    expect((await queue(session)).map(({ customer: { code } }) => code)).toContain('C-20');
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a setting there is not', { colour: 'red' }, 'customer.unknown-setting'],
    ['a status there is not', { collectionStatus: 'ANGRY' }, 'customer.bad-word'],
    ['days that are none', { graceDays: '1.5' }, 'customer.bad-number'],
    ['more days than there may be', { graceDays: '91' }, 'customer.bad-number'],
    ['a calendar nobody ships', { calendarPreset: 'mars' }, 'customer.bad-word'],
    ['an owner who is no user', { owner: 'nobody' }, 'customer.unknown-owner'],
    ['itself as the payer', { billTo: 'C-18' }, 'customer.bills-itself'],
    ['a payer nobody knows', { billTo: 'C-99' }, 'customer.unknown'],
    ['a TRN of fourteen digits', { trn: '10000000000000' }, 'company.bad-trn'],
    ['two addresses', { 'contact.address': 'a@b.ae, c@d.ae' }, 'company.bad-address'],
    ['a limit that is no amount', { creditLimit: '1e5' }, 'money.bad-amount'],
    ['a day that does not exist', { customerSinceOn: '2026-02-30' }, 'customer.bad-day'],
  ])('to %s is refused whole', async (_, values, code) => {
    await expect(setCustomer(session, { code: 'C-18', values: { graceDays: '8', ...values } })).rejects.toMatchObject({ code });
    expect((await showCustomer(session, 'C-18')).customer.graceDays).not.toBe(8);
  });

  it('by two at once keeps both', async () => {
    await Promise.all([
      setCustomer(session, { code: 'C-19', values: { language: 'EN' } }),
      setCustomer(session, { code: 'C-19', values: { graceDays: '4' } }),
    ]);
    expect((await showCustomer(session, 'C-19')).customer).toMatchObject({ language: 'EN', graceDays: 4 });
  });
});

/** Whatever is typed: an answer or a refusal in words, never a bug; and nothing unsafe is stored. */
describe.skipIf(!hasBadInputs)('hostile input', () => {
  const texts = ['names', 'amounts', 'dates', 'emails'].flatMap((group) =>
    badInputs(group).flatMap((bad) => {
      const text = badText(bad);
      return text === null ? [] : [{ id: bad.id, group, text: text.slice(0, 3_000) }];
    }),
  );
  const calls: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
    'customer find': (text) => findCustomers(session, { text, limit: 5 }),
    'customer set name': (text) => setCustomer(session, { code: 'C-19', values: { name: text } }),
    'customer set address': (text) => setCustomer(session, { code: 'C-19', values: { 'contact.address': text } }),
    'customer set limit': (text) => setCustomer(session, { code: 'C-19', values: { creditLimit: text } }),
    'customer set since': (text) => setCustomer(session, { code: 'C-19', values: { customerSinceOn: text } }),
    pay: (text) => recordPayment(operator, { customerCode: 'C-19', amount: text }),
    'write-off': (text) => writeOff(session, { invoice: 'INV-104', amount: text, reason: text }),
    cheque: (text) =>
      recordCheque(operator, { customerCode: 'C-17', number: text, datedOn: Temporal.PlainDate.from('2026-12-15'), amount: text }),
    contact: (text) => recordContact(operator, { customerCode: 'C-19', kind: 'NOTE', note: text }),
    block: (text) => recordBlock(operator, { kind: 'DO_NOT_CHASE', customerCode: 'C-19', reason: text }),
    suppress: (text) => suppressAddress(operator, { address: text, why: 'OPERATOR', reason: 'asked' }),
  };

  it.each(Object.keys(calls))('to %s is taken in a safe form or refused in words', { timeout: 120_000 }, async (name) => {
    for (const { id, text } of texts) {
      const error: unknown = await calls[name]!(text).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      const isInWords = error === null || (error instanceof OperatorError && safeText(error.message) === error.message);
      expect(isInWords ? null : error, `${name} ${id}`).toBeNull();
    }
    const { rows } = await database().admin.query(
      `select 1 from customers where company_id = $1 and name ~ '[\\u0001-\\u001f\\u202a-\\u202e]'
       union all select 1 from contact_log where company_id = $1 and note ~ '[\\u0001-\\u001f\\u202a-\\u202e]'`,
      [session.companyId],
    );
    expect(rows).toEqual([]);
  });
});
