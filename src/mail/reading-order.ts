/**
 * Keeps numbers and names readable inside text of the other direction. Without isolation a reader of Arabic sees invoice
 * `2026-1001` as `1001-2026`: another invoice. Pieces are wrapped in Unicode isolates while words are put together; the
 * plain-text part and the subject keep them, the HTML part turns them into `<bdi>`. Ledger values lose every such
 * character first (`headerText`), so the isolates in a finished text are ours and always come in pairs.
 */

const LEFT_TO_RIGHT = '\u2066';
const RIGHT_TO_LEFT = '\u2067';
const BY_FIRST_STRONG = '\u2068';
const END = '\u2069';

/** Put before an Arabic line of plain text, so that viewers which guess a line's direction by its first letter guess right. */
export const RIGHT_TO_LEFT_MARK = '\u200F';

/** A number, date in digits, invoice number, phone, address, IBAN or TRN: read left to right wherever it stands. */
export const leftToRight = (text: string): string => LEFT_TO_RIGHT + text + END;

/** A phrase that reads right to left as a whole, such as an Arabic date. */
export const rightToLeft = (text: string): string => RIGHT_TO_LEFT + text + END;

/** A name in whichever language it is written. */
export const ownDirection = (text: string): string => BY_FIRST_STRONG + text + END;

export const hasRightToLeft = (text: string): boolean =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text);

/** Number of columns a piece takes in a fixed-width view, isolates and marks not counted. */
export const columns = (text: string): number => text.replace(/[\u200F\u2066-\u2069\p{M}]/gu, '').length;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const ISOLATE_TAGS: Readonly<Record<string, string>> = {
  [LEFT_TO_RIGHT]: '<bdi dir="ltr">',
  [RIGHT_TO_LEFT]: '<bdi dir="rtl">',
  [BY_FIRST_STRONG]: '<bdi>',
  [END]: '</bdi>',
};

/** The one way from text to HTML: every character that means something to HTML is escaped, isolates become `<bdi>`. */
export const esc = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (character) => ESCAPES[character] ?? ISOLATE_TAGS[character] ?? '') : text;

const SPECIAL = /[&<>"'\u2066-\u2069]/;
const EVERY_SPECIAL = new RegExp(SPECIAL, 'g');
