/**
 * A mail world on this machine: a server to send through and a mailbox to read, with the same customers everywhere. `hard@`, `soft@`, `late@`
 * and `good@` are returned, returned later, delayed and delivered; `eaten@` is taken by a server whose answer never arrives.
 */
import { startImapServer } from '../support/imap-server.ts';
import { aDeliveryReport, anAnswer } from '../support/returned-mail.ts';
import { startRelay } from '../support/smtp-relay.ts';

export interface MailWorld {
  readonly smtpUrl: string;
  /** Takes mail as the other does, and hangs up before it says so. */
  readonly eatingSmtpUrl: string;
  readonly imapUrl: string;
  /** Where customers have their mailboxes. */
  readonly domain: string;
  /** The customer writes back to the reminder. */
  answer(messageId: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** All in this process: the reports are written as Postfix writes them. */
export async function worldInProcess(): Promise<MailWorld> {
  const imap = await startImapServer();
  const relay = await startRelay('accept');
  const eating = await startRelay('taken, then close');
  let reported = 0;
  const report = (): void => {
    const taken = [...relay.taken, ...eating.taken];
    for (const { messageId, recipient } of taken.slice(reported)) {
      const fate = FATES[recipient.split('@')[0] ?? ''];
      if (fate) imap.deliver(aDeliveryReport({ messageId, recipient, ...fate }));
    }
    reported = taken.length;
  };
  const timer = setInterval(report, 20);
  return {
    smtpUrl: `smtp://127.0.0.1:${relay.port}`,
    eatingSmtpUrl: `smtp://127.0.0.1:${eating.port}`,
    imapUrl: imap.url,
    domain: 'customer.test',
    answer: async (messageId, text) => void imap.deliver(anAnswer({ to: messageId, text })),
    close: async () => {
      clearInterval(timer);
      await Promise.all([relay.close(), eating.close(), imap.close()]);
    },
  };
}

const FATES: Readonly<Record<string, { readonly action: string; readonly status: string }>> = {
  hard: { action: 'failed', status: '5.1.1' },
  soft: { action: 'failed', status: '4.2.2' },
  late: { action: 'delayed', status: '4.2.2' },
  good: { action: 'delivered', status: '2.0.0' },
  eaten: { action: 'relayed', status: '2.0.0' },
};
