/** A file that goes with a mail: its bytes, and the name a reader sees, also when that name is Arabic. */
import { wrappedBase64 } from './base64.ts';
import { assert } from '../domain/operator-error.ts';
import { headerText } from '../domain/safe-text.ts';

export interface MailAttachment {
  /** As a reader should see it, in any script; made by {@link fileNameFrom}. */
  readonly fileName: string;
  readonly mediaType: 'application/pdf';
  readonly bytes: Buffer;
}

/** One part of a multipart message, its boundary line first. */
export function attachmentPart({ fileName, mediaType, bytes }: MailAttachment, boundary: string): Buffer {
  const name = fileName;
  assert(!UNSAFE.test(name), 'the name of an attachment is one no system misreads');
  assert(mediaType === 'application/pdf', 'an attachment is a PDF, whatever somebody calls it');
  const head = [
    `--${boundary}`,
    `Content-Type: ${mediaType}`,
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment;',
    // RFC 6266 tells readers to prefer the second; old ones understand only the first.
    ` filename="${asciiName(name)}";`,
    ` filename*=UTF-8''${extendedValue(name)}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), wrappedBase64(bytes), Buffer.from('\r\n', 'latin1')]);
}

/** A name without what some system or header would misread, of a length every file system takes. */
export function fileNameFrom(title: string, extension: string): string {
  const safe = [...headerText(title).replace(EVERY_UNSAFE, '-')]
    .slice(0, 80)
    .join('')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  return `${safe === '' ? 'file' : safe}.${extension}`;
}

const UNSAFE = /[\\/:*?"<>|;%\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu');

const asciiName = (name: string): string => name.replace(/[^ -~]+/g, '_');

/** RFC 2231 §4 as narrowed by RFC 5987 §3.2.1: everything but the attribute characters in percent signs. */
const extendedValue = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
