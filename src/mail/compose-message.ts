/**
 * Builds the exact bytes of one mail and the envelope they travel in. There is one recipient, and it is the approved
 * address: mail libraries turn odd strings into other people's addresses, so addresses are checked before, passed as
 * objects, and what the library made of them is compared with what was approved. A difference is a fault and stops the send.
 */
import { hash } from 'node:crypto';
import MimeNode from 'nodemailer/lib/mime-node';
import { checkEmailAddress } from '../domain/email-address.ts';
import type { Instant } from '../domain/days.ts';
import { assert, BugError } from '../domain/operator-error.ts';
import { headerText } from '../domain/safe-text.ts';
import { encodedBody } from './body-encoding.ts';
import { attachmentPart, type MailAttachment } from './mail-attachment.ts';

export interface MailParty {
  readonly name: string;
  readonly address: string;
}

/** What a person approves: who writes to whom, and every word of it. */
export interface MailContent {
  readonly from: MailParty;
  readonly to: MailParty;
  /** Where answers go; `null`: to the sender. */
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Made by us, never taken from anybody. */
  readonly attachments: readonly MailAttachment[];
}

export interface MessageFrame {
  /** The address approved and validated, from the reminder's own row. */
  readonly approvedAddress: string;
  readonly messageId: string;
  /** Message-IDs of the same case: the one answered, and the whole chain from the first. */
  readonly thread: { readonly inReplyTo: string; readonly references: readonly string[] } | null;
  readonly sentAt: Instant;
  readonly timeZone: string;
}

/** Ready to be handed to a transport; the bytes never change between attempts made with the same frame. */
export interface ComposedMessage {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: string };
  readonly bytes: Buffer;
}

/** @throws BugError when an address is not canonical, a header is unsafe, or the recipient is not exactly the approved one. */
export function composeMessage(content: MailContent, frame: MessageFrame): ComposedMessage {
  refuseUnsafeContent(content, frame);
  const boundary = `=_${hash('sha256', frame.messageId).slice(0, 32)}`;
  const head = new MimeNode(undefined, { rootNode: WHOLE, baseBoundary: boundary })
    .setHeader('From', [party(content.from)])
    .setHeader('To', [party(content.to)])
    .setHeader('Subject', withoutEncodedWords(content.subject));
  if (content.replyTo !== null) head.setHeader('Reply-To', [{ name: '', address: content.replyTo }]);
  if (frame.thread) head.setHeader('In-Reply-To', frame.thread.inReplyTo).setHeader('References', frame.thread.references.join(' '));
  const envelope = approvedEnvelope(head.getEnvelope(), content.from.address, frame.approvedAddress);
  const headers = `${head.buildHeaders()}\r\n${ownHeaders(frame, content, boundary)}`;
  return { messageId: frame.messageId, envelope, bytes: messageBytes(headers, boundary, content) };
}

/** The library adds a date, an identity and a version of its own to the head of a whole message, which this one is not: {@link ownHeaders} are. */
const WHOLE = new MimeNode();

/**
 * Headers made of nothing that came from outside, in ASCII and short of the length at which lines are folded. The library would write the same,
 * in half the time that all its headers take.
 */
const ownHeaders = ({ sentAt, timeZone, messageId }: MessageFrame, { attachments }: MailContent, boundary: string): string =>
  [
    `Date: ${dateHeader(sentAt, timeZone)}`,
    `Message-ID: ${messageId}`,
    // RFC 3834: together these keep out-of-office replies from looking like a customer's answer.
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: OOF, AutoReply',
    'MIME-Version: 1.0',
    `Content-Type: multipart/${attachments.length === 0 ? 'alternative' : 'mixed'};\r\n boundary="${boundary}"`,
  ].join('\r\n');

/** Bodies are two texts, and files whose bytes we hold. */
function messageBytes(headers: string, boundary: string, content: MailContent): Buffer {
  const head = Buffer.from(`${headers}\r\n\r\n`, 'latin1');
  if (content.attachments.length === 0) return Buffer.concat([head, ...bodies(boundary, content)]);
  const inner = `${boundary}.t`;
  return Buffer.concat([
    head,
    Buffer.from(`--${boundary}\r\nContent-Type: multipart/alternative; boundary="${inner}"\r\n\r\n`, 'latin1'),
    ...bodies(inner, content),
    ...content.attachments.map((attachment) => attachmentPart(attachment, boundary)),
    Buffer.from(`--${boundary}--\r\n`, 'latin1'),
  ]);
}

const bodies = (boundary: string, { text, html }: MailContent): readonly Buffer[] => [
  ...bodyPart(boundary, 'plain', text),
  ...bodyPart(boundary, 'html', html),
  Buffer.from(`--${boundary}--\r\n`, 'latin1'),
];

function bodyPart(boundary: string, kind: 'plain' | 'html', text: string): readonly Buffer[] {
  const { encoding, bytes } = encodedBody(text);
  const head = `--${boundary}\r\nContent-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return [Buffer.from(head, 'latin1'), bytes, Buffer.from('\r\n', 'latin1')];
}

/**
 * Compares the envelope a mail library made with the one meant.
 * @throws BugError unless there is exactly one recipient and it is the approved address, and the sender is ours.
 */
export function approvedEnvelope(
  made: { readonly from: string | false; readonly to: readonly string[] },
  from: string,
  approvedAddress: string,
): ComposedMessage['envelope'] {
  const isApproved = made.from === from && made.to.length === 1 && made.to[0] === approvedAddress;
  if (!isApproved)
    throw new BugError(`the composed envelope names ${made.to.length} recipients, or not the approved one: nothing was sent`);
  return { from, to: approvedAddress };
}

function refuseUnsafeContent(content: MailContent, frame: MessageFrame): void {
  for (const part of [content.subject, content.text, content.html]) assert(typeof part === 'string', 'a mail is made of text only');
  for (const { bytes } of content.attachments) assert(Buffer.isBuffer(bytes), 'an attachment is bytes we hold, never a path or an address');
  for (const address of new Set([frame.approvedAddress, content.from.address, content.to.address, content.replyTo])) {
    if (address === null) continue;
    const check = checkEmailAddress(address);
    assert(check.ok && check.address === address, 'a mail address reached composing without having been validated');
  }
  assert(content.to.address === frame.approvedAddress, 'a mail is addressed to someone else than the approved recipient');
  assert(!/\p{Cc}/u.test(content.subject) && content.subject.length <= LONGEST_SUBJECT, 'a subject is one line of at most 250 characters');
  assert((frame.thread?.references.length ?? 0) <= MOST_REFERENCES, 'a thread is told by its first mail and its last');
  for (const id of [frame.messageId, ...(frame.thread ? [frame.thread.inReplyTo, ...frame.thread.references] : [])]) {
    assert(/^<[^\s<>@]+@[^\s<>@]+>$/.test(id), 'a Message-ID is written <left@right>');
  }
}

/** Encoded and folded, this stays well inside what every mail system takes; ours are about 80. */
const LONGEST_SUBJECT = 250;

/** Mail servers refuse messages whose headers grow without end; the first and the last of a case are what mail programs need. */
const MOST_REFERENCES = 10;

const party = ({ name, address }: MailParty): { name: string; address: string } => ({
  name: withoutEncodedWords(headerText(name)),
  address,
});

/** A name such as `=?UTF-8?Q?…?=` would be decoded by the reader's client into something nobody here has seen. */
const withoutEncodedWords = (text: string): string => text.replaceAll('=?', '= ?');

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let lastDate: { readonly sentAt: Instant; readonly timeZone: string; readonly text: string } | undefined;

/** All mails of one gate carry the same moment, and asking a time zone for it costs more than any other header. */
function dateHeader(sentAt: Instant, timeZone: string): string {
  if (lastDate === undefined || lastDate.timeZone !== timeZone || !lastDate.sentAt.equals(sentAt))
    lastDate = { sentAt, timeZone, text: rfc5322Date(sentAt, timeZone) };
  return lastDate.text;
}

/** RFC 5322 §3.3 in the company's zone, e.g. `Wed, 25 Nov 2026 09:00:00 +0400`. */
function rfc5322Date(sentAt: Instant, timeZone: string): string {
  const at = sentAt.toZonedDateTimeISO(timeZone);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [at.hour, at.minute, at.second].map(two).join(':');
  return `${DAYS[at.dayOfWeek - 1] ?? ''}, ${at.day} ${MONTHS[at.month - 1] ?? ''} ${at.year} ${clock} ${at.offset.replace(':', '')}`;
}
