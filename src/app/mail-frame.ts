/** What goes around a rendered reminder: its recipient as approved, its Message-ID, its place in the case's thread, its date. */
import type { Act } from './act.ts';
import { caseThread } from '../mail/case-thread.ts';
import type { MessageFrame } from '../mail/compose-message.ts';
import { caseThreads } from '../store/sql/dispatch/case-threads.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

/** Reads the threads of all of them in one statement. */
export async function openFrames({ tx, company, now }: Act, rows: readonly ReminderRow[]): Promise<(row: ReminderRow) => MessageFrame> {
  const threads = await caseThreads(
    tx,
    rows.map((row) => row.id),
  );
  return (row) => ({
    approvedAddress: row.recipientAddress,
    messageId: row.messageId,
    thread: caseThread(threads.get(row.id) ?? []),
    sentAt: now,
    timeZone: company.timeZone,
  });
}
