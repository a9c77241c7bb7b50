/**
 * How a text travels (RFC 2045 §6): in whichever encoding makes it shorter. English stays quoted-printable, which filters and people can
 * read as it is; Arabic becomes base64, because quoted-printable writes six characters for each of its letters. Mail systems people write
 * Arabic with choose alike, and filters that distrust base64 distrust it for text that had no need of it.
 */
import { wrappedBase64 } from './base64.ts';
import { quotedPrintable } from './quoted-printable.ts';

export interface EncodedBody {
  readonly encoding: 'quoted-printable' | 'base64';
  /** ASCII, without a line end after the last line. */
  readonly bytes: Buffer;
}

/** From one Arabic letter in twelve on base64 is the shorter: it adds a third to everything, quoted-printable five characters to each. */
const LETTERS_TO_ONE_ARABIC = 12;

export function encodedBody(text: string): EncodedBody {
  // An Arabic letter takes one byte more than it has UTF-16 units; other signs beyond ASCII weigh as much or more.
  const beyondAscii = Buffer.byteLength(text, 'utf8') - text.length;
  if (beyondAscii * LETTERS_TO_ONE_ARABIC <= text.length) return { encoding: 'quoted-printable', bytes: quotedPrintable(text) };
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  // Unlike quoted-printable it says nothing about line ends, and those of mail are CRLF (RFC 2045 §6.8).
  return { encoding: 'base64', bytes: wrappedBase64(Buffer.from(lines.replaceAll('\n', '\r\n'), 'utf8')) };
}
