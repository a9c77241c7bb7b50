/** A composed message and transport settings for tests that talk to a server on this machine. */
import { composeMessage, type ComposedMessage, type MailContent, type MessageFrame } from '../../src/mail/compose-message.ts';
import { readMailSettings, type SmtpSettings } from '../../src/mail/mail-settings.ts';

export const aContent = (changes: Partial<MailContent> = {}): MailContent => ({
  from: { name: 'Falcon Building Materials LLC', address: 'billing@falcon.example' },
  to: { name: 'Ahmed Al Mansoori', address: 'ahmed@noor.example' },
  replyTo: 'accounts@falcon.example',
  subject: 'Payment reminder – Al Noor Trading LLC – ref C-104-7',
  text: 'Amount due: AED 10,000.00\n',
  html: '<p>Amount due: AED 10,000.00</p>',
  attachments: [],
  ...changes,
});

export const aFrame = (changes: Partial<MessageFrame> = {}): MessageFrame => ({
  approvedAddress: 'ahmed@noor.example',
  messageId: '<rem.0123456789abcdef@falcon.example>',
  thread: null,
  sentAt: Temporal.Instant.from('2026-12-04T05:00:00Z'),
  timeZone: 'Asia/Dubai',
  ...changes,
});

export const aMessage = (changes: Partial<MessageFrame> = {}, content: Partial<MailContent> = {}): ComposedMessage =>
  composeMessage(aContent(content), aFrame(changes));

/** Settings for a server on a local port, with times short enough for a test to see them pass. */
export function localSmtp(port: number, changes: Partial<SmtpSettings> = {}): SmtpSettings {
  const settings = readMailSettings({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  if (settings.kind !== 'smtp') throw new Error('a local relay is an SMTP server');
  return { ...settings, connectionTimeoutMs: 2_000, greetingTimeoutMs: 400, socketTimeoutMs: 2_000, attemptTimeoutMs: 5_000, ...changes };
}
