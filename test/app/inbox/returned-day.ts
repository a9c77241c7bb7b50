/** A company that has sent a reminder, and what comes back about it. */
import { recordInbound, type Inbound } from '../../../src/app/inbox/record-inbound.ts';
import { readReminder } from '../../../src/app/read-reminders.ts';
import type { Session } from '../../../src/app/session.ts';
import { readInboundMail } from '../../../src/mail/inbound/read-message.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { mailboxByLabel, watchMailbox } from '../../../src/store/sql/inbox/mailboxes.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import type { RelayBehaviour } from '../../support/smtp-relay-script.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../sending-day.ts';

const LABEL = 'accounts@127.0.0.1:993/INBOX';

let companies = 0;

/** With an account per code, each owing two invoices, its reminder approved. */
export async function companyWithApproved(database: TestDatabase, codes: readonly string[] = ['C-1']): Promise<Session> {
  companies += 1;
  const session = await companyWith(testInstallation(database), {
    code: `BACK${companies}`,
    phone: '+971 4 000 0000',
    contactPerson: 'Mariam',
  });
  await importSmallLedger(session, {
    customers: codes.map((code) => customer(code)),
    invoices: codes.flatMap((code) => [invoice(code, `${code}/1`, '5000', '2026-11-02'), invoice(code, `${code}/2`, '3200', '2026-11-05')]),
  });
  await plan(session);
  await approveAll(session);
  return session;
}

export async function sendBy(session: Session, behaviour: RelayBehaviour = 'accept'): Promise<void> {
  const relay: SmtpRelay = await startRelay(behaviour);
  await sendThrough(session, `smtp://127.0.0.1:${relay.port}`);
  await relay.close();
}

export async function theReminder(session: Session, index = 0) {
  const all = await queue(
    session,
    'PROPOSED',
    'QUEUED',
    'UNCERTAIN',
    'SENT',
    'DELIVERED',
    'BOUNCED',
    'REJECTED',
    'COMPLAINED',
    'NEEDS_REVIEW',
  );
  const oldest = all.toSorted((one, other) => one.id - other.id)[index];
  return await readReminder(session, idOf(oldest));
}

let uids = 0;

/** Gives a mail to the company as its mailbox would. */
export async function comesBack(
  session: Session,
  bytes: Buffer,
  place: { readonly uidValidity?: number; readonly uid?: number } = {},
): Promise<Inbound> {
  const mailboxId = await withCompany(session.database, session.companyId, async (tx) => {
    await watchMailbox(tx, LABEL, Temporal.Instant.from('2026-11-23T06:00:00Z'));
    return (await mailboxByLabel(tx, LABEL))?.id ?? 0;
  });
  uids += 1;
  return await recordInbound(session, { mailboxId, uidValidity: 1, uid: uids, ...place }, await readInboundMail(bytes));
}

/** The counters of the company's mailbox. */
export const theMailbox = (session: Session) =>
  withCompany(session.database, session.companyId, async (tx) => await mailboxByLabel(tx, LABEL));

export const rowsOf = <Row>(session: Session, sql: string): Promise<readonly Row[]> =>
  withCompany(session.database, session.companyId, (tx) => tx.query<Row>(sql, [tx.companyId]));
