/** Hostile text goes the whole way from a file to a mailbox: refused by row and column, or carried as mere words everywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { importLedger } from '../../src/app/import-ledger.ts';
import { ImportRefused } from '../../src/app/import/import-refused.ts';
import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { csvFile } from '../app/import/csv-file.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { approveAll, plan, queue, sendThrough } from '../app/sending-day.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox, type ReceivedMail } from '../support/mail-inbox.ts';
import { hostileCustomers, importHostileLedger, type HostileCustomer } from './hostile-ledger.ts';
import { mailFaults } from './hostile-mail.ts';
import { oneShot } from './one-shot.ts';
import { terminalFaults } from './oracles.ts';
import { OWN_PAYLOADS } from './payloads.ts';

const database = testDatabase();

const SENDER = { name: 'Hostile & Sons "LLC" <x@evil.example>', address: 'accounts@sender.example' };

const SHARED = badInputs('names').flatMap((bad) => {
  const text = badText(bad);
  return text === null ? [] : [{ id: bad.id, text, isRefused: bad.expect.startsWith('reject') }];
});
const ALL = [...SHARED, ...OWN_PAYLOADS.map(({ id, text, refusedAs }) => ({ id, text, isRefused: refusedAs !== undefined }))];
const REFUSED = ALL.filter(({ isRefused }) => isRefused);
const ACCEPTED = ALL.filter(({ isRefused }) => !isRefused);

const newCompany = (code: string): Promise<Session> =>
  companyWith(testInstallation(database()), {
    code,
    fromName: SENDER.name,
    fromAddress: SENDER.address,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('text that no ledger may hold', () => {
  let session: Session;
  beforeAll(async () => {
    session = await newCompany('REFUSING');
    const path = await csvFile('customer_code,name,email', 'C-1,One LLC,ap@one.example');
    await importLedger(session, { path, mapping: 'wafa', kind: 'customers' });
  });

  const rowsStored = async (): Promise<unknown> =>
    (
      await database().admin.query(
        'select (select count(*) from customers where company_id = $1) as customers, (select count(*) from invoices where company_id = $1) as invoices',
        [session.companyId],
      )
    ).rows;

  const CUSTOMER_COLUMNS = [
    'customer_code',
    'name',
    'name_ar',
    'contact_name',
    'contact_title',
    'contact_role',
    'phone',
    'bill_to',
  ] as const;
  const INVOICE_COLUMNS = ['invoice_number', 'customer_code', 'customer_reference'] as const;

  const customerLine = (text: string, column: string, index: number): string =>
    ['customer_code', 'name', ...CUSTOMER_COLUMNS.slice(2), 'email']
      .map((each) =>
        cell(each === column ? text : ({ customer_code: `X-${index}`, name: 'Some LLC', email: `ap@x${index}.example` }[each] ?? '')),
      )
      .join(',');

  const invoiceLine = (text: string, column: string, index: number): string =>
    ['invoice_number', 'customer_code', 'issue_date', 'due_date', 'currency', 'total', 'customer_reference']
      .map((each) => {
        const plain = {
          invoice_number: `INV-${index}`,
          customer_code: 'C-1',
          issue_date: '2026-10-01',
          due_date: '2026-11-02',
          currency: 'AED',
          total: '1',
        };
        return cell(each === column ? text : (plain[each as keyof typeof plain] ?? ''));
      })
      .join(',');

  const HEADINGS = {
    customers: ['customer_code', 'name', ...CUSTOMER_COLUMNS.slice(2), 'email'].join(','),
    invoices: 'invoice_number,customer_code,issue_date,due_date,currency,total,customer_reference',
  };

  const fileWith = (kind: 'customers' | 'invoices', column: string): Promise<string> =>
    csvFile(HEADINGS[kind], ...REFUSED.map(({ text }, index) => (kind === 'customers' ? customerLine : invoiceLine)(text, column, index)));

  const CASES = [
    ...CUSTOMER_COLUMNS.map((column) => ['customers', column] as const),
    ...INVOICE_COLUMNS.map((column) => ['invoices', column] as const),
  ];

  /** A blank cell of an optional column is simply absent. */
  const NEEDED: ReadonlySet<string> = new Set(['customer_code', 'name', 'invoice_number', 'email']);
  const isRefusedIn = (column: string, text: string): boolean => text.trim() !== '' || NEEDED.has(column);

  it.each(CASES)('in %s is refused in column %s by its row, and nothing is stored', async (kind, column) => {
    const before = await rowsStored();
    const refusal: unknown = await importLedger(session, { path: await fileWith(kind, column), mapping: 'wafa', kind }).catch(
      (error: unknown) => error,
    );
    if (!(refusal instanceof ImportRefused)) throw refusal;
    const found = refusal.faults.map(({ at }) => [at.row, at.column]);
    const wanted = REFUSED.flatMap(({ text }, index) => (isRefusedIn(column, text) ? [[index + 2, column]] : []));
    expect(found).toEqual(wanted);
    expect(refusal.faults.flatMap(({ message, tryThis }) => terminalFaults(message + tryThis))).toEqual([]);
    expect(await rowsStored()).toEqual(before);
  });

  it.each([['--json'], []])('is told on the command line without being repeated raw (%s)', async (...flags) => {
    const argv = ['--company', 'REFUSING', 'import', await fileWith('customers', 'name'), ...flags];
    for (const columns of [undefined, 80]) {
      const { exitCode, stdout, stderr, bugs } = await oneShot(session.installation, argv, columns === undefined ? {} : { columns });
      expect([exitCode, bugs]).toEqual([1, []]);
      // The line of progress rewrites itself; that is our own doing.
      expect(terminalFaults((stdout + stderr).replaceAll('\r\u001B[2K', ''))).toEqual([]);
      expect(stderr).toContain('name');
    }
  });

  it.skipIf(!hasBadInputs)('in another encoding is refused as a whole', async () => {
    for (const { b64 } of badInputs('names').filter((bad) => bad.b64 !== undefined)) {
      const path = await csvFile('customer_code,name,email');
      const { appendFile } = await import('node:fs/promises');
      await appendFile(path, Buffer.concat([Buffer.from('X-1,'), Buffer.from(b64 ?? '', 'base64'), Buffer.from(',ap@x.example\n')]));
      await expect(importLedger(session, { path, mapping: 'wafa', kind: 'customers' })).rejects.toMatchObject({ code: 'import.encoding' });
    }
    expect(await rowsStored()).toEqual([{ customers: '1', invoices: '0' }]);
  });

  describe.skipIf(!hasBadInputs)('as an address', () => {
    const EMAILS = badInputs('emails').flatMap((bad) => {
      const text = badText(bad);
      return text === null ? [] : [{ ...bad, text }];
    });
    const lines = (wanted: boolean): readonly string[] =>
      EMAILS.filter(({ expect: outcome }) => outcome.startsWith('reject') === wanted).map(
        ({ text }, index) => `${wanted ? 'R' : 'A'}-${index},Some LLC,${cell(text)}`,
      );

    it('is refused by row and column', async () => {
      const path = await csvFile('customer_code,name,email', ...lines(true));
      const refusal: unknown = await importLedger(session, { path, mapping: 'wafa', kind: 'customers' }).catch((error: unknown) => error);
      if (!(refusal instanceof ImportRefused)) throw refusal;
      expect(refusal.faults.map(({ at }) => [at.row, at.column])).toEqual(lines(true).map((_, index) => [index + 2, 'email']));
      expect(refusal.faults.flatMap(({ message }) => terminalFaults(message))).toEqual([]);
    });

    it('that is legal but odd is taken, with a warning where one is due', async () => {
      const path = await csvFile('customer_code,name,email', ...lines(false));
      const { warnings, counts } = await importLedger(session, { path, mapping: 'wafa', kind: 'customers' });
      expect(counts).toMatchObject({ contactsWritten: lines(false).length });
      const odd = warnings.filter(({ code }) => code !== 'import.sister-companies' && code !== 'import.like-codes');
      expect(odd.every(({ code, at }) => code === 'import.odd-address' && at.column === 'email')).toBe(true);
    });
  });
});

describe('text that is a legal name, however it looks', () => {
  let session: Session;
  let inbox: MailInbox;
  let customers: readonly HostileCustomer[];
  const arrived = new Map<string, ReceivedMail>();
  const stored = new Map<string, string>();

  beforeAll(async () => {
    inbox = await startInbox();
    session = await newCompany('ACCEPTING');
    // All of them are to leave at once, not a first batch of ten.
    await setPolicy(session, { 'release.cautionAbove': '1000' });
    customers = hostileCustomers(ACCEPTED.map(({ text }) => text));
    await importHostileLedger(session, customers);
    const { rows } = await database().admin.query<{ code: string; name: string }>(
      'select code, name from customers where company_id = $1',
      [session.companyId],
    );
    for (const { code, name } of rows) stored.set(code, name);
    await plan(session);
    await approveAll(session);
    await sendThrough(session, inbox.url);
    for (const received of inbox.received) arrived.set(received.recipients.join(', '), received);
  });
  afterAll(() => inbox.close());

  it('is kept as itself: composed, without its invisible characters, and nothing else', () => {
    const letters = (text: string): string =>
      text
        .normalize('NFC')
        .replaceAll(/[\p{Cf}\u034F\u115F\u1160\u3164\uFFA0]/gu, '')
        .trim();
    for (const { code, text } of customers) expect(letters(stored.get(code) ?? '')).toBe(letters(text));
  });

  it('reaches exactly the approved recipients, one mail each', () => {
    expect(inbox.received.map(({ recipients }) => recipients.join(', ')).toSorted()).toEqual(
      customers.map(({ address }) => address).toSorted(),
    );
  });

  it.each(ACCEPTED.map(({ id }, index) => [id, index + 1] as const))('%s changes neither envelope, headers nor markup', (_, index) => {
    const customer = customers[index];
    const [mail, harmless] = [arrived.get(customer?.address ?? ''), arrived.get(customers[0]?.address ?? '')];
    if (!customer || !mail || !harmless) throw new Error('a mail is missing');
    expect(mailFaults(mail, harmless, { sender: SENDER, customer, stored: stored.get(customer.code) ?? '' })).toEqual([]);
  });

  it.each([[[]], [['--json']], [['--csv']]])('shows in the queue without a raw byte (%s)', async (flags) => {
    for (const columns of [undefined, 60, 200]) {
      const argv = ['--company', 'ACCEPTING', 'queue', '--status', 'SENT', '--limit', '1000', ...flags];
      const { exitCode, stdout, stderr } = await oneShot(session.installation, argv, columns === undefined ? {} : { columns });
      expect([exitCode, stderr]).toEqual([0, '']);
      // RFC 4180 ends rows with CRLF, which a terminal takes for a line end.
      expect(terminalFaults(flags.includes('--csv') ? stdout.replaceAll('\r\n', '\n') : stdout)).toEqual([]);
      expect(stdout).toContain('Harmless');
    }
  });

  it('starts no formula in a spreadsheet', async () => {
    const { stdout } = await oneShot(session.installation, [
      '--company',
      'ACCEPTING',
      'queue',
      '--status',
      'SENT',
      '--limit',
      '1000',
      '--csv',
    ]);
    // Cells begin after a quote that follows a comma or a line end; a number is the one honest beginning with a minus.
    const beginnings = [...stdout.matchAll(/(?<=(?:^|,|\n)")[=+\-@\uFF1D\uFF0B\uFF0D\uFF20](?!\d+(?:\.\d+)?")/g)];
    expect(beginnings.map(({ index }) => stdout.slice(index - 20, index + 30))).toEqual([]);
  });

  it.each(ACCEPTED.map(({ id }, index) => [id, index + 1] as const))(
    '%s shows in show, explain and preview without a raw byte',
    async (_, index) => {
      const reminders = await queue(session, 'SENT');
      const customer = customers[index];
      const reminder = reminders.find((one) => one.customer.code === customer?.code);
      const lines = [
        ['show', String(reminder?.id)],
        ['show', String(reminder?.id), '--json'],
        ['explain', customer?.code ?? ''],
        ['explain', customer?.code ?? '', '--json'],
        ['preview', String(reminder?.id)],
        ['preview', String(reminder?.id), '--html'],
        ['preview', String(reminder?.id), '--eml'],
      ];
      for (const line of lines) {
        const { exitCode, stdout, stderr, bugs } = await oneShot(session.installation, ['--company', 'ACCEPTING', ...line], {
          columns: 100,
        });
        expect([line, exitCode, bugs]).toEqual([line, 0, []]);
        expect(terminalFaults(stdout + stderr)).toEqual([]);
      }
    },
  );
});
