/**
 * Reads a mail as it lies in a mailbox into plain values. Whoever wrote it may mean harm: what is looked at is cut off at a fixed size, parts
 * within parts end early, and a mail that cannot be read at all is one without anything in it.
 */
import { createHash } from 'node:crypto';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import type { InboundMail } from '../../domain/inbound/inbound-mail.ts';
import { headerText } from '../../domain/safe-text.ts';
import { readDeliveryReport } from './delivery-report.ts';
import { addressesIn, headerOf, headersOfText, messageIdsIn, replyKeysIn, type Headers } from './mail-headers.ts';

/** Reports say everything in their first kilobytes, people what matters in their first lines. */
export const MOST_BYTES = 256 * 1024;

const LIMITS = {
  // A forwarded forward with a signature and pictures reaches seven; the default of 256 costs a stack for nothing.
  maxNestingDepth: 20,
  maxHeadersSize: 128 * 1024,
  // What a report returns is looked at as bytes, never as a mail of its own whose words would count.
  forceRfc822Attachments: true,
} as const;

/** @param bytes At most {@link MOST_BYTES} are looked at. */
export async function readInboundMail(bytes: Buffer): Promise<InboundMail> {
  const head = bytes.subarray(0, MOST_BYTES);
  const email = await parsed(head);
  const headers: Headers = email?.headers ?? headersOfText(head.subarray(0, LIMITS.maxHeadersSize).toString('latin1'));
  const type = headerOf(headers, 'content-type') ?? '';
  const attachments = email?.attachments ?? [];
  return {
    identity: createHash('sha256')
      .update(headerOf(headers, 'message-id')?.trim() || head)
      .digest('hex'),
    from: addressesIn(headerOf(headers, 'from') ?? '')[0] ?? null,
    subject: headerText((email?.subject ?? '').slice(0, 500)),
    // Each by itself, so that a thread without end cannot push out the mail that is answered.
    answers: [...new Set(['in-reply-to', 'references'].flatMap((name) => messageIdsIn(headerOf(headers, name) ?? '')))],
    replyKeys: replyKeysIn(['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc'].flatMap((name) => headerOf(headers, name) ?? [])),
    hasEmptyReturnPath: /^\s*<\s*>/.test(headerOf(headers, 'return-path') ?? ''),
    autoSubmitted: word(headerOf(headers, 'auto-submitted')),
    precedence: word(headerOf(headers, 'precedence')),
    hasAutomaticHeader: ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id', 'x-loop'].some((name) => headerOf(headers, name)),
    reportType: /^\s*multipart\/report\b/i.test(type) ? word(/report-type\s*=\s*"?([\w-]{1,60})/i.exec(type)?.[1] ?? 'unknown') : null,
    report: reportIn(attachments),
    returned: returnedIn(attachments),
    text: email === null ? '' : wordsOf(email),
  };
}

/** Null when it is broken beyond reading, or built to be. */
async function parsed(bytes: Buffer): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes, LIMITS);
  } catch {
    return null;
  }
}

/** The first word of a value, in lower case. */
const word = (value: string | null): string | null => /^\s*([\w.-]{1,60})/.exec(value ?? '')?.[1]?.toLowerCase() ?? null;

const bytesOf = ({ content }: Attachment): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : content instanceof ArrayBuffer ? Buffer.from(content) : Buffer.from(content);

const textOf = (attachment: Attachment): string =>
  bytesOf(attachment)
    .subarray(0, 64 * 1024)
    .toString('latin1');

function reportIn(attachments: readonly Attachment[]): InboundMail['report'] {
  const part = attachments.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType));
  return part === undefined ? null : readDeliveryReport(textOf(part));
}

function returnedIn(attachments: readonly Attachment[]): InboundMail['returned'] {
  const part = attachments.find(({ mimeType }) => /^(?:message\/(?:rfc822|global|global-headers)|text\/rfc822-headers)$/.test(mimeType));
  if (part === undefined) return null;
  const headers = headersOfText(textOf(part));
  return {
    messageId: messageIdsIn(headerOf(headers, 'message-id') ?? '')[0] ?? null,
    replyKeys: replyKeysIn([headerOf(headers, 'reply-to') ?? '']),
  };
}

const MOST_TEXT = 16 * 1024;

/** Where there is markup alone, what is left without it: nobody needs more of it than the gist. */
function wordsOf({ text, html }: Email): string {
  if (text !== undefined && text.trim() !== '') return text.slice(0, MOST_TEXT);
  return (html ?? '')
    .slice(0, MOST_TEXT)
    .replace(/<(?:br|\/p|\/div|\/tr)\b[^>]{0,200}>/gi, '\n')
    .replace(/<style\b[^]{0,4000}?<\/style>/gi, '')
    .replace(/<[^<>]{0,1000}>/g, '')
    .replace(/&(nbsp|amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name] ?? ' ');
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };
