import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { approveReminders } from '../../src/app/approve-reminders.ts';
import { previewReminder, previewStatement } from '../../src/app/preview-reminder.ts';
import { recordPayment } from '../../src/app/record-payment.ts';
import type { Session } from '../../src/app/session.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import { getDocumentProxy } from 'unpdf';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { at, idOf, plan, queue, sendThrough } from './sending-day.ts';

const database = testDatabase();
let inbox: MailInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.close());

let companies = 0;

/** One customer with so many overdue invoices of AED 1,000 and one, NEXT, that is not due yet. */
async function plannedCompany(overdue: number, more: Readonly<Record<string, string>> = {}): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database()), {
    code: `STAT${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  const invoices = Array.from({ length: overdue }, (_, index) => invoice('C-1', `INV-${index + 1}`, '1000', '2026-11-02'));
  const next = invoice('C-1', 'NEXT', '777.50', '2026-12-20', { issue_date: '2026-11-10' });
  await importSmallLedger(session, { customers: [customer('C-1', more)], invoices: [...invoices, next] });
  await plan(session);
  return session;
}

const sentBy = async (session: Session) => {
  const before = inbox.received.length;
  const report = await sendThrough(session, inbox.url);
  return { report, mail: inbox.received.slice(before).at(-1)?.mail };
};

async function textOf(pdf: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, async (_, index) => (await document.getPage(index + 1)).getTextContent()),
  );
  return pages.flatMap(({ items }) => items.map((item) => ('str' in item ? item.str : ''))).join('\n');
}

describe('a reminder of a long list', () => {
  it('carries a statement of everything open, with the bytes that were approved', async () => {
    const session = await plannedCompany(12);
    const ids = [idOf((await queue(session))[0])];
    const seen = await previewStatement(session, ids[0] as (typeof ids)[number]);
    const { text } = await previewReminder(session, ids[0] as (typeof ids)[number]);
    await approveReminders(session, { ids });
    const { report, mail } = await sentBy(session);
    expect(report).toMatchObject({ sent: 1, needsReview: 0 });
    expect(mail?.attachments).toHaveLength(1);
    const [file] = mail?.attachments ?? [];
    expect(file).toMatchObject({
      mimeType: 'application/pdf',
      disposition: 'attachment',
      filename: 'Statement of account C-1 2026-11-23.pdf',
    });
    expect(Buffer.from(file?.content as ArrayBuffer).equals(seen.bytes)).toBe(true);
    const statement = await textOf(seen.bytes);
    for (const part of ['INV-1', 'INV-12', 'NEXT', '777.50', '12,777.50']) expect(statement).toContain(part);
    expect(text).toContain('A statement of everything open on your account is attached.');
    expect(text).not.toContain('NEXT');
    expect(mail?.text?.replace(/\s+/g, ' ')).toContain('A statement of everything open on your account is attached.');
    expect(mail?.html).toContain('statement of everything open');
  });

  it('goes back to a person when something else on its statement was paid since', async () => {
    const session = await plannedCompany(12);
    const ids = [idOf((await queue(session))[0])];
    await approveReminders(session, { ids });
    const nextDay = await at(session, '2026-11-24T06:00:00Z');
    await recordPayment(nextDay, {
      customerCode: 'C-1',
      amount: '777.50',
      reference: 'TT-1',
      invoices: [{ number: 'NEXT', amount: null }],
    });
    expect((await sentBy(nextDay)).report).toMatchObject({ sent: 0 });
    const [row] = (
      await database().admin.query('select delivery_status, review_changes from customer_consolidated_reminders where company_id = $1', [
        session.companyId,
      ])
    ).rows as [{ delivery_status: string; review_changes: string[] }];
    expect(row.delivery_status).toBe('NEEDS_REVIEW');
    expect(row.review_changes.join()).toContain('NEXT on the attached statement had AED 777.50 open, now AED 0.00');
  });

  it('goes back to a person the same day too', async () => {
    const session = await plannedCompany(12);
    await approveReminders(session, { ids: [idOf((await queue(session))[0])] });
    await recordPayment(session, {
      customerCode: 'C-1',
      amount: '777.50',
      reference: 'TT-2',
      invoices: [{ number: 'NEXT', amount: null }],
    });
    expect((await sentBy(session)).report).toMatchObject({ sent: 0 });
    expect(await queue(session, 'NEEDS_REVIEW')).toHaveLength(1);
  });

  it('goes back to a person when its statement would read differently, whoever changed the ledger', async () => {
    const session = await plannedCompany(12);
    await approveReminders(session, { ids: [idOf((await queue(session))[0])] });
    await database().admin.query("update invoices set customer_reference = 'LPO-9' where company_id = $1 and number = 'NEXT'", [
      session.companyId,
    ]);
    expect((await sentBy(session)).report).toMatchObject({ sent: 0 });
    expect(await queue(session, 'NEEDS_REVIEW')).toHaveLength(1);
  });
});

describe('a list that its mail cannot hold', () => {
  it('has a statement with every row, whatever the policy says, and both stay within what mail systems take', async () => {
    const session = await plannedCompany(0);
    await setPolicy(session, { 'statement.attachFromItems': '10000' });
    const rows = 140;
    await importSmallLedger(session, {
      customers: [customer('C-9')],
      invoices: Array.from({ length: rows }, (_, index) =>
        invoice('C-9', `LONG-${String(index + 1).padStart(3, '0')}-${'N'.repeat(40)}`, '1000', '2026-11-02'),
      ),
    });
    await plan(session);
    const id = idOf((await queue(session, 'PROPOSED'))[0]);
    const { text } = await previewReminder(session, id);
    const more = Number(/and (\d+) more \(all of them in the attached statement/.exec(text.replace(/\s+/g, ' '))?.[1]);
    const named = new Set(text.match(/LONG-\d{3}/g));
    expect(more).toBeGreaterThan(0);
    expect(named.size + more).toBe(rows);
    const { bytes } = await previewStatement(session, id);
    const statement = await textOf(bytes);
    for (let index = 1; index <= rows; index += 1) expect(statement).toContain(`LONG-${String(index).padStart(3, '0')}`);
    expect(statement).toContain('140,000.00');
    await approveReminders(session, { ids: [id] });
    const { mail } = await sentBy(session);
    expect(mail?.attachments).toHaveLength(1);
    expect(Buffer.byteLength(mail?.html ?? '')).toBeLessThan(102_000);
    expect(bytes.length).toBeLessThan(1_000_000);
  });
});

describe('a short reminder', () => {
  it('carries none, and a change beside it does not stop it', async () => {
    const session = await plannedCompany(2);
    const id = idOf((await queue(session))[0]);
    await expect(previewStatement(session, id)).rejects.toMatchObject({ code: 'preview.no-statement' });
    await approveReminders(session, { ids: [id] });
    await database().admin.query("update invoices set customer_reference = 'LPO-9' where company_id = $1 and number = 'NEXT'", [
      session.companyId,
    ]);
    const { report, mail } = await sentBy(session);
    expect(report.sent).toBe(1);
    expect(mail?.attachments).toEqual([]);
    expect(mail?.text).not.toContain('attached');
  });

  it('to the government carries one all the same, unless the policy says not to', async () => {
    const session = await plannedCompany(2, { business_type: 'GOV_LOCAL' });
    expect((await previewStatement(session, idOf((await queue(session))[0]))).fileName).toBe('كشف حساب C-1 2026-11-23.pdf');
    await setPolicy(session, { 'statement.attachForGovernment': 'false' });
    await plan(session);
    await expect(previewStatement(session, idOf((await queue(session, 'PROPOSED'))[0]))).rejects.toMatchObject({
      code: 'preview.no-statement',
    });
  });

  it('carries one when the policy begins at fewer rows', async () => {
    const session = await plannedCompany(2);
    await setPolicy(session, { 'statement.attachFromItems': '2' });
    await plan(session);
    const id = idOf((await queue(session, 'PROPOSED'))[0]);
    expect((await previewStatement(session, id)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await approveReminders(session, { ids: [id] });
    expect((await sentBy(session)).mail?.attachments).toHaveLength(1);
  });
});
