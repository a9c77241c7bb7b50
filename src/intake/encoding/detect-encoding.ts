/**
 * Finds out which encoding a text file is in, from all of its bytes: a file that is plain English for a million rows may have one
 * Arabic name in its last. Never guesses: a file that could be two things is refused, and the operator says which with `--encoding`.
 */
import { isAscii } from 'node:buffer';
import { OperatorError } from '../../domain/operator-error.ts';
import { CodePageEvidence } from './code-page-evidence.ts';
import type { Encoding, EncodingChoice } from './encodings.ts';

/** @throws OperatorError `import.encoding` when nothing fits, or more than one thing. */
export async function detectEncoding(chunks: AsyncIterable<Uint8Array>, file: string): Promise<EncodingChoice> {
  const survey = new Survey();
  for await (const chunk of chunks) {
    const marked = survey.isFirst ? markedEncoding(chunk) : null;
    if (marked) return marked;
    survey.see(chunk);
  }
  return survey.verdict(file);
}

/** What the first bytes alone decide; `null` for the rest. */
function markedEncoding(head: Uint8Array): EncodingChoice | null {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  return mark ? { encoding: mark.encoding, why: 'it begins with the byte-order mark of it' } : bareUtf16(head);
}

const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: Encoding }[] = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** Latin headings in UTF-16 without a mark have a zero in every second byte; a stray NUL in a UTF-8 cell does not. */
function bareUtf16(head: Uint8Array): EncodingChoice | null {
  const sample = head.subarray(0, 64);
  if (sample.length < 8) return null;
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Arabic names have no zeros, their headings and codes do.
  if (even + odd < Math.max(4, sample.length / 6) || (even > 0 && odd > 0)) return null;
  return { encoding: even > 0 ? 'utf-16be' : 'utf-16le', why: 'every second byte of its beginning is zero' };
}

class Survey {
  isFirst = true;
  private readonly strict = new TextDecoder('utf-8', { fatal: true });
  private readonly evidence = new CodePageEvidence();
  private isUtf8 = true;
  private hasMark = false;
  private isPlain = true;
  private damaged = 0;
  private sound = 0;
  private damagedLine = 0;
  private lines = 1;

  see(chunk: Uint8Array): void {
    if (this.isFirst) this.hasMark = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    this.isFirst = false;
    if (isAscii(chunk) && this.isUtf8) {
      this.countLines(chunk);
      return;
    }
    this.isPlain = false;
    if (this.isUtf8) this.isUtf8 = this.decodes(chunk);
    this.compare(chunk);
    this.countLines(chunk);
  }

  private decodes(chunk: Uint8Array): boolean {
    try {
      this.strict.decode(chunk, { stream: true });
      return true;
    } catch {
      const readable = new TextDecoder('utf-8').decode(chunk);
      this.damagedLine = this.lines + readable.slice(0, Math.max(0, readable.indexOf('\ufffd'))).split('\n').length - 1;
      return false;
    }
  }

  /** A file of UTF-8 with a few broken bytes is damaged, not of another encoding. */
  private compare(chunk: Uint8Array): void {
    this.evidence.see(chunk);
    if (this.damaged + this.sound > ENOUGH) return;
    const readable = new TextDecoder('utf-8').decode(chunk);
    this.damaged += readable.split('\ufffd').length - 1;
    this.sound += readable.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  }

  private countLines(chunk: Uint8Array): void {
    if (!this.isUtf8) return;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) this.lines += 1;
  }

  verdict(file: string): EncodingChoice {
    if (this.isUtf8 && this.endsWhole()) {
      if (this.hasMark) return { encoding: 'utf-8', why: 'it begins with the byte-order mark of it' };
      return { encoding: 'utf-8', why: this.isPlain ? 'it is plain ASCII' : 'all of its bytes are valid' };
    }
    const choice = this.sound * MOSTLY > this.damaged ? null : this.evidence.verdict();
    if (choice) return choice;
    throw unclear(file, this.damagedLine || this.lines, this.sound * MOSTLY > this.damaged);
  }

  private endsWhole(): boolean {
    try {
      this.strict.decode();
      return true;
    } catch {
      return false;
    }
  }
}

/** Characters looked at to tell damage from another encoding; more of them would say the same. */
const ENOUGH = 100_000;
/** Text of a code page makes valid UTF-8 by chance in less than one letter of twenty. */
const MOSTLY = 5;

const unclear = (file: string, row: number, isDamaged: boolean): OperatorError =>
  new OperatorError({
    code: 'import.encoding',
    message: isDamaged
      ? 'The file is UTF-8 text with damaged characters in it.'
      : 'The file is not UTF-8 text, and its letters do not show what else it is.',
    tryThis: 'Save it again as "CSV UTF-8", or say what it is with --encoding.',
    kind: 'usage',
    at: { file, row },
  });
