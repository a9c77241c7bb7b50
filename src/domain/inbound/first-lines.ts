/**
 * The beginning of what somebody wrote, for the person who will answer: without what they quote, without anything a screen obeys. Pure, and
 * bounded whatever comes in.
 */
import { safeText } from '../safe-text.ts';

/** What stands on half a screen; the rest is read in the mail program. */
const MOST_LINES = 8;
const MOST_LINE = 200;
const MOST_CHARACTERS = 800;
/** Signatures and quotations beyond this many lines are of no interest, however they are laid out. */
const LOOKED_AT = 200;

/** Lines with nothing but blanks are left out. Empty when they wrote nothing of their own. */
export function firstLines(text: string): string {
  const lines: string[] = [];
  for (const raw of text.split(/\r\n|[\r\n\u2028\u2029]/u, LOOKED_AT)) {
    const line = raw.slice(0, 2 * MOST_LINE).trim();
    if (line.startsWith('>') || line === '') continue;
    if (beginsQuotation(line)) break;
    lines.push(shortened(safeText(line.replaceAll('\t', ' '))));
    if (lines.length === MOST_LINES) break;
  }
  return [...lines.join('\n')].slice(0, MOST_CHARACTERS).join('').trim();
}

const shortened = (line: string): string => {
  const characters = [...line];
  return characters.length <= MOST_LINE ? line : `${characters.slice(0, MOST_LINE - 1).join('')}…`;
};

/** What mail programs write above the mail that is answered, in English and Arabic. */
const beginsQuotation = (line: string): boolean =>
  /^-{2,}\s*(?:original message|forwarded message|الرسالة الأصلية)/iu.test(line) ||
  /^_{8,}$/.test(line) ||
  /^(?:from|من)\s*:\s/iu.test(line) ||
  (/^(?:on|في)\s/iu.test(line) && /(?:wrote|كتب(?:ت|وا)?)\s*:\s*$/iu.test(line)) ||
  line === '--';
