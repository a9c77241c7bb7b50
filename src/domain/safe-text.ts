/**
 * Makes text from outside safe to show, and decides which text may come in at all. Customer names, references, file names
 * and mail servers' replies can carry codes that repaint a terminal, reverse the reading order or forge a header line.
 * Three answers for three places: refuse (import), make visible (screens and logs), take out (mail).
 */
import { mixesScripts } from './email-address.ts';

/** Why a text is refused; stable codes, worded by {@link TEXT_FAULTS}. */
export type TextFault = keyof typeof TEXT_FAULTS;

/** What each fault means, as the rest of a sentence: "the name in row 4 …". */
export const TEXT_FAULTS = {
  bad_encoding: 'is not valid Unicode text; save the file as UTF-8',
  control_char: 'contains a control character such as an escape code, a tab or a line break',
  line_separator: 'contains a Unicode line separator',
  bidi_control: 'contains an invisible character that reverses text',
  tag_char: 'contains invisible tag characters',
  too_many_combining: 'piles too many accents on one letter',
  empty_after_normalise: 'is empty, or holds nothing but invisible characters',
} as const;

export type TextCheck =
  | { readonly ok: true; readonly text: string; readonly flags: readonly 'mixed_script'[] }
  | { readonly ok: false; readonly why: TextFault };

/** Vietnamese and vowelled Arabic need three marks on a letter; eight leaves room and still stops a pile that hides its row. */
const MOST_MARKS = 8;
const MARK_PILE = new RegExp(`\\p{M}{${MOST_MARKS + 1},}`, 'u');

/** Embeddings, overrides and isolates: these reorder what follows. The weaker marks (LRM, RLM, ALM) only hint and are dropped. */
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
const TAG_CHARS = /[\u{E0000}-\u{E007F}]/gu;

/** Characters without a picture of their own; the joiners are kept elsewhere because Persian, Urdu and Indic spelling needs them. */
const INVISIBLES =
  /\u034F|[\u00AD\u061C\u115F\u1160]|\u17B4|\u17B5|[\u180E\u200B\u200E\u200F\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/g;
const LOOSE_JOINERS = /(?<![\p{L}\p{M}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}])/gu;

/**
 * Decides whether one line of text may enter the ledger, and gives it in canonical form: NFC, trimmed, soft hyphens and
 * zero-width characters dropped. Arabic and every other script pass untouched.
 */
export function refuseUnsafeText(text: string): TextCheck {
  if (!text.isWellFormed()) return { ok: false, why: 'bad_encoding' };
  if (/\p{Cc}/u.test(text)) return { ok: false, why: 'control_char' };
  if (/[\u2028\u2029]/.test(text)) return { ok: false, why: 'line_separator' };
  if (text.search(BIDI_CONTROLS) >= 0) return { ok: false, why: 'bidi_control' };
  if (text.search(TAG_CHARS) >= 0) return { ok: false, why: 'tag_char' };
  if (MARK_PILE.test(text)) return { ok: false, why: 'too_many_combining' };
  const clean = withoutInvisibles(text.normalize('NFC')).trim();
  if (clean === '') return { ok: false, why: 'empty_after_normalise' };
  return { ok: true, text: clean, flags: mixesScripts(clean) ? ['mixed_script'] : [] };
}

/**
 * Text for a terminal, a log or any other screen: always one line, every control made visible (`␛`, `␤`, `\x9b`, `\u202e`),
 * so that an operator sees that something is odd and the terminal obeys none of it. Wrap right-to-left text in isolates
 * after this, never before. Running it twice changes nothing more.
 */
export const safeText = (text: string): string =>
  withoutInvisibles(text.toWellFormed().normalize('NFC'))
    .replace(/[\p{Cc}\u2028\u2029]/gu, visibleControl)
    .replace(BIDI_CONTROLS, (control) => `\\u${codeOf(control).toString(16)}`)
    .replace(TAG_CHARS, '');

/** The pictures of the C0 controls start at U+2400; line ends share one picture, and C1 has none. */
function visibleControl(control: string): string {
  const code = codeOf(control);
  if (control === '\n' || code === 0x20_28 || code === 0x20_29) return '␤';
  if (code === 0x7f) return '␡';
  return code < 0x20 ? String.fromCodePoint(0x24_00 + code) : `\\x${code.toString(16)}`;
}

/**
 * Nearly every number and name is of printable ASCII and Arabic letters without marks, with single blanks between: nothing to take out, and
 * nothing to compose. A mail holds hundreds of them, so they take the short way.
 */
const IS_PLAIN = /^[!-~\u0621-\u063A\u0641-\u064A]+(?: [!-~\u0621-\u063A\u0641-\u064A]+)*$/;

/**
 * One line for a mail: a header, or a ledger value inside a body. Controls and line ends become a space; reversing,
 * zero-width and tag characters go, so that only the isolates Wafa itself adds decide the reading order.
 */
export function headerText(text: string): string {
  if (IS_PLAIN.test(text)) return text;
  return withoutInvisibles(text.toWellFormed().normalize('NFC'))
    .replace(BIDI_CONTROLS, '')
    .replace(TAG_CHARS, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

const withoutInvisibles = (text: string): string => text.replace(INVISIBLES, '').replace(LOOSE_JOINERS, '');

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;
