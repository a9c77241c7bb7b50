/** How a company's mailbox stands: which it is, since when it has not been read, and whether that stops the sending. */
import type { Act } from '../act.ts';
import type { Instant } from '../../domain/days.ts';
import { isInboxStale } from '../../domain/inbound/inbox-stale.ts';
import { mailboxByLabel, watchMailbox, type MailboxRow } from '../../store/sql/inbox/mailboxes.ts';

export interface MailboxStanding {
  readonly label: string;
  /** Null while nobody has tried to read it. */
  readonly row: MailboxRow | null;
  /** Read to its end last, or watched since then. */
  readonly lastAt: Instant;
  /** Unread for so long that reminders do not go by themselves. */
  readonly isStale: boolean;
}

/** Null: no mailbox is configured, and nothing follows. Reads only. */
export async function mailboxStanding(context: Pick<Act, 'tx' | 'now' | 'mailbox' | 'calendar'>): Promise<MailboxStanding | null> {
  const { tx, now, mailbox: label } = context;
  if (label === null) return null;
  const row = (await mailboxByLabel(tx, label)) ?? null;
  const lastAt = row?.readAt ?? row?.watchedSinceAt ?? now;
  return { label, row, lastAt, isStale: isInboxStale(await context.calendar(), lastAt, now) };
}

/** One that nobody has tried to read counts as unread from the first mail that was to leave. */
export async function countFromNow({ tx, now, mailbox }: Act): Promise<void> {
  if (mailbox !== null) await watchMailbox(tx, mailbox, now);
}
