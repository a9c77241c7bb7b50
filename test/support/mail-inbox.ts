/**
 * A real SMTP server on loopback with a mailbox: what arrives is parsed the way a mail program would, so that tests speak of
 * recipients, subjects and words instead of bytes.
 */
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerEnvelope, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  /** Envelope recipients, as given to RCPT. */
  readonly recipients: readonly string[];
  readonly sender: string;
  readonly report: { readonly ret: string | undefined; readonly envid: string | undefined; readonly notify: readonly string[] | undefined };
  readonly bytes: Buffer;
  readonly mail: Email;
}

export interface MailInbox {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  readonly close: () => Promise<void>;
}

export async function startInbox(): Promise<MailInbox> {
  const received: ReceivedMail[] = [];
  const options: SMTPServerOptions & { readonly hideDSN: boolean } = {
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    hideDSN: false,
    onData: (stream, session, done) =>
      callbackify(async () => {
        const bytes = await buffer(stream);
        const { mailFrom, rcptTo } = session.envelope;
        const recipients = rcptTo.map(({ address }) => address);
        received.push({
          recipients,
          sender: mailFrom ? mailFrom.address : '',
          report: reportOf(session.envelope),
          bytes,
          mail: await PostalMime.parse(bytes),
        });
      })((error) => done(error)),
  };
  const server = new SMTPServer(options);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, port, received, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** What kind of delivery report the client asked for (RFC 3461), where it did. */
function reportOf(envelope: SMTPServerEnvelope): ReceivedMail['report'] {
  const { dsn, rcptTo } = envelope as SMTPServerEnvelope & { readonly dsn?: { readonly ret: string; readonly envid: string } };
  const [recipient] = rcptTo as readonly { readonly dsn?: { readonly notify: readonly string[] } }[];
  return { ret: dsn?.ret, envid: dsn?.envid, notify: recipient?.dsn?.notify };
}
