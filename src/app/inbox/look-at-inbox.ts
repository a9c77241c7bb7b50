/** What an operator asks about the mailbox: how it stands, whether it can be read, what people wrote. */
import { mailboxStanding } from './mailbox-standing.ts';
import { openMailbox } from './read-inbox.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import { STALE_AFTER_MINUTES } from '../../domain/inbound/inbox-stale.ts';
import { MailboxError } from '../../mail/inbound/imap-mailbox.ts';
import { accountOfCustomer } from '../../store/sql/account-of-customer.ts';
import { mailReplies } from '../../store/sql/inbox/mail-replies.ts';

export const readInboxStatus = (session: Session) =>
  act(
    session,
    'inbox status',
    async (context) => {
      const standing = await mailboxStanding(context);
      if (standing === null) return null;
      const { label, row, isStale } = standing;
      return {
        mailbox: label,
        readAt: row?.readAt?.toString() ?? null,
        watchedSince: row?.watchedSinceAt.toString() ?? null,
        failedAt: row?.failedAt?.toString() ?? null,
        failedWhy: row?.failedWhy ?? null,
        failures: row?.failures ?? 0,
        mails: { read: row?.mailsRead ?? 0, unrelated: row?.mailsUnrelated ?? 0, forged: row?.mailsForged ?? 0 },
        stale: isStale,
        staleAfterHours: STALE_AFTER_MINUTES / 60,
      };
    },
    { isReadOnly: true },
  );

export type InboxStatusView = NonNullable<Awaited<ReturnType<typeof readInboxStatus>>>;

export interface InboxCheck {
  readonly mailbox: string;
  readonly reachable: boolean;
  /** In its folder. */
  readonly mails: number | null;
  readonly why: string | null;
  readonly tryThis: string | null;
}

/** Signs in and looks; reads no mail. @throws OperatorError `inbox.none` */
export async function checkInbox(session: Session): Promise<InboxCheck> {
  await act(session, 'inbox check', async () => undefined, { isReadOnly: true });
  const mailbox = openMailbox(session);
  try {
    const { mails } = await mailbox.open();
    return { mailbox: mailbox.label, reachable: true, mails, why: null, tryThis: null };
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    return { mailbox: mailbox.label, reachable: false, mails: null, why: error.message, tryThis: error.tryThis };
  } finally {
    await mailbox.close();
  }
}

/** What people answered, the newest first. @throws OperatorError `customer.unknown` */
export const readReplies = (
  session: Session,
  { customerCode, limit }: { readonly customerCode?: string | undefined; readonly limit: number },
) =>
  act(session, 'inbox replies', async ({ tx, record }) => {
    const customer = customerCode === undefined ? null : await accountOfCustomer(tx, customerCode);
    if (customer === undefined) throw unknownCustomer(customerCode ?? '');
    const rows = await mailReplies(tx, { accountId: customer?.accountId ?? null, limit });
    // Who read what people wrote is asked for as who sent it.
    if (rows.length > 0)
      record({
        objectKind: 'verb',
        objectId: null,
        reason: 'read answers',
        detail: { answers: rows.length, of: customer?.accountId ?? null },
      });
    return rows.map(({ receivedAt, customerCode: code, customerName: name, fromAddress, ...row }) => ({
      id: row.id,
      customer: { code, name },
      reminderId: row.reminderId,
      receivedAt: receivedAt.toString(),
      from: fromAddress,
      firstLines: row.firstLines,
      waiting: row.isWaiting,
    }));
  });

export type ReplyView = Awaited<ReturnType<typeof readReplies>>[number];
