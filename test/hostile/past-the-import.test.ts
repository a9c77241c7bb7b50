/** Text that got into the tables past every check still moves no mail, no header and no terminal: each sink guards itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { cancelReminders } from '../../src/app/change-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import { companyWith, testInstallation } from '../app/installation.ts';
import { customer, importSmallLedger, invoice } from '../app/ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../app/sending-day.ts';
import { badInputs, badText, hasBadInputs } from '../support/bad-inputs.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { startRelay } from '../support/smtp-relay.ts';
import { hostileCustomers, importHostileLedger } from './hostile-ledger.ts';
import { oneShot } from './one-shot.ts';
import { htmlSkeleton, htmlWords, rawHeaders, terminalFaults, wireFaults } from './oracles.ts';
import { OWN_PAYLOADS } from './payloads.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

const newCompany = (code: string): Promise<Session> =>
  companyWith(testInstallation(database()), {
    code,
    fromAddress: 'accounts@sender.example',
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });

/** What PostgreSQL itself can hold. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const REFUSED = [
  ...badInputs('names').flatMap((bad) => {
    const text = badText(bad);
    return text !== null && bad.expect.startsWith('reject') ? [{ id: bad.id, text }] : [];
  }),
  ...OWN_PAYLOADS.filter(({ refusedAs }) => refusedAs !== undefined),
]
  .filter(({ text }) => isStorable(text))
  .map(({ id, text }) => ({ id, text: text.slice(0, 300) }));

describe('names, titles and references in the tables that no import would take', () => {
  let session: Session;
  const customers = hostileCustomers(REFUSED.map((_, index) => `Trading ${index}`));

  beforeAll(async () => {
    session = await newCompany('TABLES');
    await importHostileLedger(session, customers);
    const { admin } = database();
    for (const [index, { text }] of REFUSED.entries()) {
      const values = [session.companyId, `H-${index + 1}`, text];
      await admin.query('update customers set name = $3, name_ar = $3 where company_id = $1 and code = $2', values);
      await admin.query(
        'update contacts set name = $3, name_ar = $3, title = $3 where company_id = $1 and customer_id = (select id from customers where company_id = $1 and code = $2)',
        values,
      );
      await admin.query(
        'update invoices set customer_reference = $3 where company_id = $1 and customer_id = (select id from customers where company_id = $1 and code = $2)',
        [session.companyId, `H-${index + 1}`, text.slice(0, 140)],
      );
    }
    await plan(session);
    await approveAll(session);
    await sendThrough(session, inbox.url);
  });

  it('go out as mails of the same shape, to the one recipient each', () => {
    const mails = new Map(inbox.received.map((received) => [received.recipients.join(), received]));
    const harmless = mails.get('ap@h0.example');
    expect([...mails.keys()].toSorted()).toEqual(customers.map(({ address }) => address).toSorted());
    for (const [index, { id }] of REFUSED.entries()) {
      const mail = mails.get(`ap@h${index + 1}.example`);
      expect([id, wireFaults(mail?.bytes ?? Buffer.alloc(0))]).toEqual([id, []]);
      expect([id, mail?.mail.to?.map(({ address }) => address)]).toEqual([id, [`ap@h${index + 1}.example`]]);
      const shown = [mail?.mail.subject ?? '', mail?.mail.text ?? '', htmlWords(mail?.mail.html ?? '')].join('\n').replaceAll('\u200F', '');
      // Lines of a mail end in CR and LF.
      expect([id, terminalFaults(shown.replaceAll('\r\n', '\n'))]).toEqual([id, []]);
      // A name that is nothing at all may leave out its line; no tag may come in.
      const ours = new Set(htmlSkeleton(harmless?.mail.html ?? ''));
      expect([id, htmlSkeleton(mail?.mail.html ?? '').filter((tag) => !ours.has(tag))]).toEqual([id, []]);
      expect(rawHeaders(mail?.bytes ?? Buffer.alloc(0)).filter(({ name }) => name === 'To')).toHaveLength(1);
    }
  });

  it('are shown by no verb as they are', async () => {
    const reminders = await queue(session, 'SENT');
    const lines = [
      ['queue', '--status', 'SENT', '--limit', '1000'],
      ['queue', '--status', 'SENT', '--limit', '1000', '--csv'],
      ...reminders.flatMap(({ id, customer: { code } }) => [
        ['show', String(id)],
        ['explain', code],
        ['preview', String(id)],
        ['preview', String(id), '--eml'],
      ]),
    ];
    for (const line of lines) {
      const { exitCode, stdout, stderr, bugs } = await oneShot(session.installation, ['--company', 'TABLES', ...line], { columns: 90 });
      expect([line, exitCode, bugs]).toEqual([line, 0, []]);
      expect([line, terminalFaults((stdout + stderr).replaceAll('\r\n', '\n'))]).toEqual([line, []]);
    }
  });

  it('are escaped in JSON, which ends up on terminals and in logs as well', async () => {
    for (const line of [
      ['queue', '--status', 'SENT', '--limit', '1000', '--json'],
      ...customers.map(({ code }) => ['explain', code, '--json']),
    ]) {
      const { stdout } = await oneShot(session.installation, ['--company', 'TABLES', ...line], { columns: 90 });
      expect([line, terminalFaults(stdout)]).toEqual([line, []]);
      expect(JSON.parse(stdout)).toMatchObject({ wafa: 1 });
    }
  });
});

const ADDRESSES = [
  ...new Set([
    'a@x.example, thief@evil.example',
    'grp: a@x.example, thief@evil.example;',
    'Accounts <thief@evil.example>',
    'a@x.example\r\nBcc: thief@evil.example',
    'a@x.example thief@evil.example',
    'a@x.example(thief@evil.example)',
    'a\u200B@x.example',
    'a@x.example\u202E',
    'a@x.example\u0007',
    'a|b@x.example%evil.example',
    'a@x.example; thief@evil.example',
    'a@x.example\nthief@evil.example',
    'a@x.example\tthief@evil.example',
    'a@b@x.example',
    '"a b"@x.example',
    '<a@x.example>',
    'nobody',
    '@x.example',
    'a\u202E@x.example',
    'a@x..example',
    '.a@x.example',
    'a.@x.example',
    'a..b@x.example',
    'a@-x.example',
    'a@x_y.example',
    'a@localhost',
    'a@[192.0.2.1]',
    'zoë@x.example',
    ...badInputs('emails').flatMap((bad) => {
      const text = badText(bad);
      return text !== null && bad.expect.startsWith('reject') && isStorable(text) ? [text] : [];
    }),
  ]),
].filter((text) => text.length <= 254);

/** Read by a rule of its own, so that this list does not follow the table's. */
const isOneWordAtAnother = (text: string): boolean => /^[^@\s,;:<>"()]+@[^@\s,;:<>"()]+$/u.test(text);

describe('addresses in the tables that no import would take', () => {
  it('that are lists, groups or torn lines cannot be a reminder at all', async () => {
    const session = await newCompany('LISTS');
    await importSmallLedger(session, { customers: [customer('C-1')], invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02')] });
    await plan(session);
    const lists = ADDRESSES.filter((text) => !isOneWordAtAnother(text));
    expect(lists.length).toBeGreaterThan(10);
    for (const address of lists) {
      const writing = database().admin.query('update customer_consolidated_reminders set recipient_address = $2 where company_id = $1', [
        session.companyId,
        address,
      ]);
      await expect(writing, address).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('are written to by nobody, while the mail beside them leaves', async () => {
    const session = await newCompany('ADDRESSES');
    const addresses = ADDRESSES.filter(isOneWordAtAnother);
    expect(addresses.length).toBeGreaterThan(10);
    const codes = ['GOOD', ...addresses.map((_, index) => `BAD-${index}`)];
    await importSmallLedger(session, {
      customers: codes.map((code) => customer(code)),
      invoices: codes.map((code) => invoice(code, `INV-${code}`, '5000', '2026-11-02')),
    });
    for (const [index, address] of addresses.entries()) {
      await database().admin.query(
        'update contacts set address = $3 where company_id = $1 and customer_id = (select id from customers where company_id = $1 and code = $2)',
        [session.companyId, `BAD-${index}`, address],
      );
    }
    const before = inbox.received.length;
    await plan(session);
    await approveAll(session);
    const report = await sendThrough(session, inbox.url);
    expect(report).toMatchObject({ sent: 1, uncertain: 0, rejected: 0, failed: 0, needsReview: addresses.length });
    expect(inbox.received.slice(before).map(({ recipients }) => recipients)).toEqual([['accounts@good.example']]);
    const { stdout } = await oneShot(session.installation, ['--company', 'ADDRESSES', 'queue', '--status', 'NEEDS_REVIEW'], {
      columns: 120,
    });
    expect(terminalFaults(stdout)).toEqual([]);
  });
});

describe('template text', () => {
  const CASES: readonly (readonly [string, { readonly subject?: string; readonly body?: string }])[] = [
    ['an include', { body: "{% include '/etc/passwd' %}" }],
    ['a render', { body: "{% render '../../secrets' %}" }],
    ['a loop', { body: '{% for i in (1..99999999) %}x{% endfor %}' }],
    ['a prototype', { body: "{{ customer.constructor.constructor('return process')() }}" }],
    ['raw output', { body: '{{{ customer.name }}}' }],
    ['two lines of subject', { subject: 'Reminder\r\nBcc: thief@evil.example' }],
    ['a link that runs', { body: '<a href="javascript:alert(1)">Pay</a>' }],
    ['a reversal', { subject: 'Overdue \u202E4312' }],
    ...badInputs('templates')
      .filter(({ expect: outcome, input }) => outcome.startsWith('reject') && input !== undefined && !outcome.includes('not_data'))
      .map(({ id, input }) => [id, { body: input ?? '' }] as const),
  ];

  it.each(CASES)('%s, stored past the program, is refused at approval and sends nothing', async (id, texts) => {
    const session = await newCompany(`TEMPLATE-${CASES.findIndex(([name]) => name === id)}`);
    await importSmallLedger(session, {
      customers: [customer('C-1')],
      invoices: [invoice('C-1', 'INV-1', '5000', '2026-11-02'), invoice('C-1', 'INV-2', '3200', '2026-11-05')],
    });
    const harmless = { subject: 'Reminder', body: 'Please pay.' };
    await database().admin.query('update email_templates set texts = $2 where company_id = $1', [
      session.companyId,
      JSON.stringify({ EN: { ...harmless, ...texts }, AR: harmless }),
    ]);
    await plan(session);
    const before = inbox.received.length;
    const outcome: unknown = await approveReminders(session, { filter: {} }).catch((error: unknown) => error);
    expect(JSON.stringify(outcome)).toMatch(/template\.|"done":\[\]/);
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 0 });
    expect(inbox.received).toHaveLength(before);
  });

  it.skipIf(!hasBadInputs)('of other engines stays words, in a template as in a name', async () => {
    const literal = badInputs('templates').filter(({ expect: outcome }) => outcome.includes('literal'));
    const session = await newCompany('LITERAL');
    await importSmallLedger(session, {
      customers: literal.map(({ id, input }) => customer(id, { name: input ?? '' })),
      invoices: literal.map(({ id }) => invoice(id, `INV-${id}`, '5000', '2026-11-02')),
    });
    await plan(session);
    await approveAll(session);
    const before = inbox.received.length;
    await sendThrough(session, inbox.url);
    const mails = inbox.received.slice(before);
    expect(mails).toHaveLength(literal.length);
    for (const { input } of literal) expect(mails.some(({ mail }) => mail.text?.includes(input ?? ''))).toBe(true);
  });
});

describe('what operators type, and what servers answer', () => {
  it('reaches the audit and the screen without a raw byte', async () => {
    const session = await newCompany('WORDS');
    await importSmallLedger(session, {
      customers: [customer('C-1'), customer('C-2')],
      invoices: ['C-1', 'C-2'].map((code) => invoice(code, `INV-${code}`, '5000', '2026-11-02')),
    });
    await plan(session);
    const [first, second] = await queue(session);
    const typed = 'agreed\u001B[2J\u202E by\nphone';
    const cancelled: unknown = await cancelReminders(session, { ids: [idOf(first)] }, typed).catch((error: unknown) => error);
    await approveReminders(session, { ids: [idOf(second)] });
    const relay = await startRelay({
      rcpt: { say: '550 5.1.1 <script>alert(1)</script> no such user\u001B[2J\u001B]0;owned\u0007' },
      starttls: 'missing',
    });
    await sendThrough(session, `smtp://127.0.0.1:${relay.port}`);
    await relay.close();
    const { rows } = await database().admin.query<{ text: string }>(
      'select reason as text from audit_logs where company_id = $1 and reason is not null union all select reply_text from email_logs where company_id = $1 union all select status_reason from customer_consolidated_reminders where company_id = $1',
      [session.companyId],
    );
    expect(rows.filter(({ text }) => text !== null).flatMap(({ text }) => terminalFaults(text.replaceAll('\n', '\u0001')))).toEqual([]);
    expect(cancelled).toMatchObject({ code: 'input.bad-text' });
    for (const line of [
      ['show', String(first?.id)],
      ['show', String(second?.id)],
      ['audit', 'list'],
      ['queue', '--status', 'REJECTED'],
    ]) {
      const { stdout, stderr } = await oneShot(session.installation, ['--company', 'WORDS', ...line], { columns: 100 });
      expect([line, terminalFaults(stdout + stderr)]).toEqual([line, []]);
    }
  });
});
