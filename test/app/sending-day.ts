/** A company with a mailbox of its own: plan, approve and send as an operator does, and read what arrived. */
import { approveReminders } from '../../src/app/approve-reminders.ts';
import type { Installation } from '../../src/app/installation.ts';
import { planReminders } from '../../src/app/plan-run.ts';
import { readQueue } from '../../src/app/read-reminders.ts';
import { sendDue, type SendReport } from '../../src/app/send-due.ts';
import { openSession, type Session } from '../../src/app/session.ts';
import { asId, type ReminderId } from '../../src/domain/ids.ts';
import type { DeliveryStatus } from '../../src/domain/vocabulary.ts';
import { readMailSettings } from '../../src/mail/mail-settings.ts';
import { smtpTransport } from '../../src/mail/smtp-transport.ts';
import { clockAt } from './installation.ts';

/** The same company at another moment. */
export const at = async (session: Session, instant: string): Promise<Session> =>
  await openSession({ ...session.installation, clock: clockAt(instant) } satisfies Installation, session.companyCode);

export async function sendThrough(session: Session, smtpUrl: string): Promise<SendReport> {
  const settings = readMailSettings({ SMTP_URL: smtpUrl });
  if (settings.kind !== 'smtp') throw new Error('a test sends by SMTP');
  const transport = smtpTransport(settings);
  try {
    return await sendDue(session, { transport, endsUndoWindows: true });
  } finally {
    await transport.close();
  }
}

export const plan = async (session: Session) => (await planReminders(session, { startedBy: 'OPERATOR' })).summary;

export const approveAll = (session: Session) => approveReminders(session, { filter: {} });

export async function queue(session: Session, ...statuses: readonly DeliveryStatus[]) {
  const { reminders } = await readQueue(session, { filter: statuses.length === 0 ? {} : { statuses }, limit: 1_000, after: null });
  return reminders;
}

export const idOf = (reminder: { readonly id: number } | undefined): ReminderId => {
  if (reminder === undefined) throw new Error('there is no such reminder');
  return asId<'reminder'>(reminder.id);
};
