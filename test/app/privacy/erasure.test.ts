/**
 * A canary person is written to, answers, complains, is spoken to and noted about; then they ask to be erased, and no text of any table
 * knows them any more, while money and chain stay.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { verifyAudit } from '../../../src/app/audit/verify-audit.ts';
import { showCustomer } from '../../../src/app/customers/show-customer.ts';
import { openCompanyTransport } from '../../../src/app/open-transport.ts';
import { correctPerson } from '../../../src/app/privacy/correct-person.ts';
import { eraseContact } from '../../../src/app/privacy/erase-contact.ts';
import { erasures } from '../../../src/app/privacy/erasure-log.ts';
import { exportPerson } from '../../../src/app/privacy/export-person.ts';
import { recordBlock } from '../../../src/app/record-block.ts';
import { recordContact } from '../../../src/app/record-contact.ts';
import { remindManually } from '../../../src/app/remind-manually.ts';
import { sendDue } from '../../../src/app/send-due.ts';
import type { Session } from '../../../src/app/session.ts';
import { suppressAddress, unsuppressAddress } from '../../../src/app/suppress-address.ts';
import { validate } from '../../../src/app/validate/validate.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, at, plan, queue } from '../sending-day.ts';

const database = testDatabase();
const NAME = 'Zaynab Qanari';
const ADDRESS = 'Zaynab.Qanari@canary-person.example';
const PHONE = '+971 50 987 6543';
/** Not the domain by itself: it is a company's, and counted for three days to keep within the pace its mail server bears. */
const CANARIES = ['zaynab', 'qanari', '@canary-person', '987 6543', '9876543'];

let session: Session;
const ledger = {
  customers: [
    customer('C-1', { email: ADDRESS, contact_name: NAME, phone: '+971 4 111 1111' }),
    customer('C-2', { email: ADDRESS.toLowerCase(), contact_name: NAME }),
  ],
  invoices: [invoice('C-1', '1', '900', '2026-11-02'), invoice('C-1', '2', '300', '2026-11-02'), invoice('C-2', '3', '700', '2026-11-02')],
};

/** Every text and JSON value of every table, as the superuser sees them, that knows the person. */
async function placesKnowing(words: readonly string[]): Promise<readonly string[]> {
  const { admin } = database();
  const { rows: columns } = await admin.query<{ table: string; column: string }>(
    `select c.oid::regclass::text as table, quote_ident(a.attname) as column
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and format_type(a.atttypid, null) in ('text', 'jsonb', 'json', 'text[]')`,
  );
  const places: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await admin.query<{ found: string }>(
      `select ${column}::text as found from ${table} where exists (select from unnest($1::text[]) w where position(w in lower(${column}::text)) > 0)`,
      [words],
    );
    places.push(...rows.map(({ found }) => `${table}.${column}: ${found}`));
  }
  return places;
}

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'wafa-privacy-'));
  session = await companyWith({ ...testInstallation(database()), home }, { code: 'PRIVATE' });
  await importSmallLedger(session, ledger);
  await correctPerson(session, ADDRESS, { phone: PHONE, title: 'Ms' });
  await plan(session);
  await approveAll(session);
  const transport = await openCompanyTransport(session);
  await sendDue(session, { transport, endsUndoWindows: true });
  await transport.close();
  await recordContact(session, { customerCode: 'C-1', kind: 'CALL', result: `${NAME} promised to look`, note: `call her on ${PHONE}` });
  await recordBlock(session, {
    kind: 'DO_NOT_CHASE',
    invoice: '2',
    reason: `asked by ${NAME} <${ADDRESS}>`,
    until: Temporal.PlainDate.from('2026-11-27'),
  });
  await plantAnswers();
  await suppressAddress(session, { address: ADDRESS, why: 'COMPLAINT', reason: `${ADDRESS} complained` });
}, 120_000);

/** As the mailbox brings them: an answer with her words, a report that names her address. */
async function plantAnswers(): Promise<void> {
  const { admin } = database();
  await admin.query(
    `with event as (
       insert into email_events (company_id, email_log_id, consolidated_reminder_id, kind, occurred_at, source_key, evidence)
       select company_id, id, consolidated_reminder_id, 'REPLIED', now(), 'canary-1', jsonb_build_object('diagnostic', 'mailbox of ' || recipient_address)
         from email_logs where company_id = $1 order by id limit 1 returning company_id, id
     )
     insert into mail_replies (company_id, email_event_id, customer_id, from_address, first_lines, received_at)
     select e.company_id, e.id, (select min(id) from customers where company_id = $1), $2, 'We pay on Monday. ' || $3, now() from event e`,
    [session.companyId, ADDRESS, NAME],
  );
  await admin.query(`update email_logs set reply_text = '250 ok <' || recipient_address || '>' where company_id = $1`, [session.companyId]);
}

describe('a person', () => {
  it('gets everything that is kept about them', async () => {
    const person = await exportPerson(session, ADDRESS);
    expect(person.contacts).toHaveLength(2);
    expect(person).toMatchObject({
      contacts: [{ name: NAME, title: 'Ms', phone: PHONE, legalBasis: 'contract' }, { customerCode: 'C-2' }],
      replies: [{ firstLines: `We pay on Monday. ${NAME}` }],
      suppressions: [{ reason: 'COMPLAINT' }, { reason: 'COMPLAINT' }],
    });
    expect(person.mails.length).toBeGreaterThan(0);
    expect(person.notes.map(({ kind }) => kind).toSorted()).toEqual(['block', 'contact']);
  });

  it('is not read about by a VIEWER: neither notes nor what was said', async () => {
    const viewer = await sessionOf(database(), session, 'auditor', ['VIEWER']);
    const words = (view: unknown): string => JSON.stringify(view);
    expect(words((await showCustomer(session, 'C-1')).timeline)).toContain('promised to look');
    expect(words((await showCustomer(viewer, 'C-1')).timeline)).not.toContain('promised to look');
  });

  it('is known in many places before', async () => {
    const tables = new Set((await placesKnowing(CANARIES)).map((place) => place.split(':')[0]));
    for (const table of [
      'contacts.address',
      'customer_consolidated_reminders.recipient_name',
      'email_logs.reply_text',
      'mail_replies.first_lines',
    ])
      expect([...tables]).toContain(table);
  });

  it('is known nowhere once erased: not in a text, not in JSON, not in the chain', async () => {
    const balances = async (): Promise<readonly unknown[]> => {
      const found = await database().admin.query('select number, total_minor, open_minor from invoices order by id');
      return found.rows as readonly unknown[];
    };
    const before = await balances();
    const events = (await database().admin.query('select count(*)::int as n from audit_logs')).rows[0] as { n: number };
    const erased = await eraseContact(session, ADDRESS.toUpperCase());
    expect(erased).toMatchObject({ contacts: 2, replies: 1, notes: 2 });
    expect(await placesKnowing(CANARIES)).toEqual([]);
    expect(await balances()).toEqual(before);
    expect((await verifyAudit(session, { anchors: false })).end.id).toBeGreaterThan(events.n);
  });

  it('leaves the database in order', async () => {
    const wrong: string[] = [];
    for await (const { check, found } of validate(session))
      if (found.total > 0) wrong.push(check.id, ...found.rows.map((row) => row.found));
    expect(wrong).toEqual([]);
  });

  it('is remembered outside the database by numbers and a keyed hash', async () => {
    const { home } = session.installation;
    expect(await erasures(home)).toMatchObject([{ companyCode: 'PRIVATE', contactIds: [expect.any(Number), expect.any(Number)] }]);
    const text = readFileSync(join(home, 'erasures.jsonl'), 'utf8').toLowerCase();
    for (const word of CANARIES) expect(text).not.toContain(word);
  });

  it('gets nothing when the ledger brings their address back, until somebody erases it again', async () => {
    await importSmallLedger(session, { ...ledger, invoices: [invoice('C-1', '9', '5000', '2026-11-03')] });
    const later = await at(session, '2026-12-14T10:00:00+04:00');
    const { result } = await remindManually(later, { customerCode: 'C-1', invoiceNumbers: ['9'] });
    expect(result).toMatchObject({ kind: 'refused', reason: { code: 'suppressed', why: 'ERASED' } });
    expect(await queue(later, 'PROPOSED')).toEqual([]);
    await expect(unsuppressAddress(session, { address: ADDRESS, reason: 'came back' })).rejects.toMatchObject({
      code: 'suppression.erased',
    });
    await eraseContact(session, ADDRESS);
    expect(await placesKnowing(CANARIES)).toEqual([]);
  });

  it('that is nobody here is refused without a word of what was typed', async () => {
    await expect(eraseContact(session, 'someone@nowhere.example')).rejects.toMatchObject({ code: 'privacy.unknown-person' });
  });
});
