/**
 * Tells Windows-1256 (Arabic) from Windows-1252 (Western) by how high bytes stand beside each other: Arabic words are runs of
 * them that touch no ASCII letter, accented letters stand singly inside ASCII words. What fits neither (Cyrillic, Turkish, Greek,
 * Mac and ISO pages) counts against both, so that such a file is refused instead of being read as nonsense.
 */
import type { EncodingChoice } from './encodings.ts';

interface HighByte {
  /** A letter under 1256 that is something else under 1252. */
  readonly isArabic: boolean;
  /** A letter under both, the same one: French letters are. */
  readonly isShared: boolean;
  readonly isLatin: boolean;
  /** Decoded alike by both pages, letter or not. */
  readonly isSame: boolean;
}

const HIGH_BYTES: readonly HighByte[] = Array.from({ length: 128 }, (_, at) => {
  const byte = new Uint8Array([at + 128]);
  const [arabic, latin] = [new TextDecoder('windows-1256').decode(byte), new TextDecoder('windows-1252').decode(byte)];
  const isSame = arabic === latin;
  const isLatin = /\p{L}/u.test(latin);
  return { isArabic: !isSame && /\p{Script=Arabic}|\p{M}/u.test(arabic), isShared: isSame && isLatin, isLatin: !isSame && isLatin, isSame };
});

/** Alef, teh marbuta, lam, meem, noon, waw, yeh: two in five letters of any Arabic text, and of nothing else in these places. */
const FREQUENT: ReadonlySet<number> = new Set([0xc7, 0xc9, 0xe1, 0xe3, 0xe4, 0xe6, 0xed]);
/** Half of what Arabic really has; under it, capitals of another alphabet pass for letters nobody strings together like that. */
const LEAST_FREQUENT = 0.2;
/** Under 1252 the Icelandic letters; in the Gulf these bytes rather are Turkish ones, from a page nobody declared. */
const DOUBTFUL: ReadonlySet<number> = new Set([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);
/** Words for one page over words for the other, or neither. Names of both kinds in one file would be wrong under either page. */
const CLEAR = 10;

export class CodePageEvidence {
  private arabic = 0;
  private latin = 0;
  private foreign = 0;
  private letters = 0;
  private frequent = 0;
  private different = 0;

  see(bytes: Uint8Array): void {
    let start = -1;
    for (let at = 0; at <= bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      const high = byte < 128 ? undefined : HIGH_BYTES[byte - 128];
      if (high && !high.isSame) this.different += 1;
      const isLetter = high !== undefined && (high.isArabic || high.isShared || high.isLatin);
      if (isLetter && start < 0) start = at;
      if (!isLetter && start >= 0) {
        this.weigh(bytes.subarray(start, at), isAsciiLetter(bytes[start - 1]) || isAsciiLetter(bytes[at]));
        start = -1;
      }
    }
  }

  private weigh(run: Uint8Array, touchesAscii: boolean): void {
    const kinds = Array.from(run, (byte) => HIGH_BYTES[byte - 128]);
    if (kinds.every((kind) => kind?.isShared)) return;
    if (run.length >= 3 && !touchesAscii && kinds.every((kind) => kind?.isArabic)) {
      this.arabic += 1;
      this.letters += run.length;
      this.frequent += run.filter((byte) => FREQUENT.has(byte)).length;
    } else if (run.length <= 2 && touchesAscii && kinds.every((kind) => kind?.isLatin || kind?.isShared)) {
      if (run.some((byte) => DOUBTFUL.has(byte))) this.foreign += 1;
      else this.latin += 1;
    } else if (run.length >= 3) this.foreign += 1;
  }

  /** @returns `null` when the bytes do not say, and guessing would put wrong names into mails. */
  verdict(): EncodingChoice | null {
    const { arabic, latin, foreign } = this;
    if (this.different === 0)
      return { encoding: 'windows-1252', why: 'it is not UTF-8, and its letters are the same in Windows-1252 and Windows-1256' };
    if (arabic > 0 && arabic >= CLEAR * (latin + foreign) && this.frequent >= LEAST_FREQUENT * this.letters)
      return {
        encoding: 'windows-1256',
        why: `it is not UTF-8, and ${words(arabic)} of it ${arabic === 1 ? 'is' : 'are'} Arabic in Windows-1256`,
      };
    if (latin > 0 && latin >= CLEAR * (arabic + foreign))
      return {
        encoding: 'windows-1252',
        why: `it is not UTF-8, and ${words(latin)} of it ${latin === 1 ? 'has' : 'have'} accented letters in Windows-1252`,
      };
    return null;
  }
}

const words = (count: number): string => `${count} ${count === 1 ? 'word' : 'words'}`;

const isAsciiLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
