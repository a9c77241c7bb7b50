/** A daemon's mailboxes: each company's is opened once, kept, and read whenever it is that company's turn. */
import { openMailbox, readInbox, type InboxReport } from '../inbox/read-inbox.ts';
import type { Session } from '../session.ts';
import type { Mailbox } from '../../mail/inbound/imap-mailbox.ts';

export interface Inboxes {
  /** Null: the company has no mailbox. */
  turn(session: Session, signal: AbortSignal): Promise<InboxReport | null>;
  close(): Promise<void>;
}

/** @param heard Called when a server says that there is new mail. */
export function openInboxes(instance: string, heard: () => void): Inboxes {
  const opened = new Map<string, Mailbox>();
  const mailboxOf = (session: Session): Mailbox => {
    const known = opened.get(session.companyCode);
    if (known) return known;
    const mailbox = openMailbox(session);
    mailbox.onNews(heard);
    opened.set(session.companyCode, mailbox);
    return mailbox;
  };
  return {
    turn: async (session, signal) =>
      session.installation.mailboxes(session.companyCode) === null
        ? null
        : await readInbox(session, { holder: instance, mailbox: mailboxOf(session), signal }),
    close: async () => {
      await Promise.all([...opened.values()].map((mailbox) => mailbox.close()));
      opened.clear();
    },
  };
}
