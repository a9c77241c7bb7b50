/**
 * Quoted-printable (RFC 2045 §6.7) in one pass. Chosen over base64 because spam filters distrust Latin text in base64 and
 * people can still read a stored mail; written here because the mail library's own encoder takes 2 ms for one reminder,
 * which alone would cap sending at 500 a second.
 */

const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;
const EQUALS = 0x3d;
const HEX = Uint8Array.from('0123456789ABCDEF', (digit) => digit.charCodeAt(0));

/** 76 characters a line with the `=` of a soft break (RFC 2045 rule 5). */
const MOST_COLUMNS = 75;

const encoder = new TextEncoder();

/**
 * Room to work in, kept from mail to mail: asking for a hundred kilobytes anew for each costs as much as encoding it. It grows with the
 * largest mail so far, which the size at which mails are cut off bounds.
 */
let utf8 = new Uint8Array(64 * 1024);
let out = new Uint8Array(4 * utf8.length);

/**
 * Encodes text as UTF-8 in quoted-printable, every line end as CRLF. No line starts with a dot and no bare CR or LF is left,
 * so nothing inside a body can end the SMTP data early.
 */
export function quotedPrintable(text: string): Buffer {
  const clean = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  // Three bytes for a UTF-16 unit at most; three characters for a byte at most, and three for a soft break after at least 73 of them.
  if (utf8.length <= clean.length * 3) {
    utf8 = new Uint8Array(clean.length * 3 + 1);
    out = new Uint8Array(4 * utf8.length);
  }
  const { written } = encoder.encodeInto(clean, utf8);
  // The end of a text is the end of a line, with no line end to show for it.
  utf8[written] = LF;
  return Buffer.copyBytesFrom(out, 0, encode(written + 1) - 2);
}

/**
 * Encodes the first bytes of `utf8` into `out`, and says how many came of them. Buffers and positions are the function's own names, and
 * nothing in the loop is a call: each would be felt with every byte of every mail. Inside the bounds there always is a byte.
 */
function encode(length: number): number {
  const [bytes, encoded] = [utf8, out];
  let at = 0;
  let column = 0;
  let index = 0;
  while (index < length) {
    // Most of a mail stands for itself: as much of it as the line takes is copied without another question.
    const from = index;
    const stop = Math.min(length, index + MOST_COLUMNS - column);
    while (index < stop && KINDS[bytes[index] as number] === PLAIN) encoded[at++] = bytes[index++] as number;
    column += index - from;
    if (index === length) return at;
    let byte = bytes[index] as number;
    const kind = KINDS[byte] as number;
    const last = column === 0 ? 0 : (encoded[at - 1] as number);
    if (kind === LINE_END && last !== SPACE && last !== TAB) {
      encoded[at++] = CR;
      encoded[at++] = LF;
      column = 0;
      index += 1;
      continue;
    }
    if (kind === LINE_END) {
      // A blank at the end of a line would be cut off on the way, so it is taken back and written in figures; the line end comes next.
      byte = last;
      at -= 1;
      column -= 1;
    } else index += 1;
    const isWhole = kind === PLAIN || (kind === NEVER_FIRST && column > 0 && column < MOST_COLUMNS);
    if (column + (isWhole ? 1 : 3) > MOST_COLUMNS) {
      encoded[at++] = EQUALS;
      encoded[at++] = CR;
      encoded[at++] = LF;
      column = 0;
    }
    if (isWhole) {
      encoded[at++] = byte;
      column += 1;
      continue;
    }
    encoded[at++] = EQUALS;
    encoded[at++] = HEX[byte >> 4] as number;
    encoded[at++] = HEX[byte & 15] as number;
    column += 3;
  }
  return at;
}

const PLAIN = 1;
const LINE_END = 2;
/** A dot stands for itself unless it would begin a line. */
const NEVER_FIRST = 3;

/** Printable ASCII but `=` stands for itself, and so do spaces and tabs inside a line. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === LF) return LINE_END;
  if (byte === DOT) return NEVER_FIRST;
  return byte === TAB || (byte >= SPACE && byte < 0x7f && byte !== EQUALS) ? PLAIN : 0;
});
