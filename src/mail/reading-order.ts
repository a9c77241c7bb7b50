/**
 * Keeps numbers and names readable inside text of the other direction. Without isolation a reader of Arabic sees invoice
 * `2026-1001` as `1001-2026`: another invoice. Pieces are wrapped in Unicode isolates while words are put together; the
 * plain-text part and the subject keep them, the HTML part turns them into elements (`html-text.ts`). Ledger values lose every such
 * character first (`headerText`), so the isolates in a finished text are ours and always come in pairs.
 */

export const LEFT_TO_RIGHT = '\u2066';
export const RIGHT_TO_LEFT = '\u2067';
export const BY_FIRST_STRONG = '\u2068';
/** Ends the isolate opened last. */
export const END = '\u2069';

/** Put before an Arabic line of plain text, so that viewers which guess a line's direction by its first letter guess right. */
export const RIGHT_TO_LEFT_MARK = '\u200F';

/** A number, date in digits, invoice number, phone, address, IBAN or TRN: read left to right wherever it stands. */
export const leftToRight = (text: string): string => LEFT_TO_RIGHT + text + END;

/**
 * An identifier from the ledger: read left to right, unless it is written in Arabic. Then it reads as a name does, because digits that
 * follow Arabic letters change their ways.
 */
export const identifier = (text: string): string => (hasRightToLeft(text) ? ownDirection(text) : leftToRight(text));

/** A phrase that reads right to left as a whole, such as an Arabic date. */
export const rightToLeft = (text: string): string => RIGHT_TO_LEFT + text + END;

/**
 * A name in whichever language it is written. Inside Arabic, `2-B` and `2026/104` would be read from their other end; such pieces get an
 * isolate of their own.
 */
export const ownDirection = (text: string): string =>
  BY_FIRST_STRONG + (hasRightToLeft(text) ? text.replace(COMPOUND, (piece) => leftToRight(piece)) : text) + END;

/** A name or number that stands by itself in text of either direction: as it is, unless its letters would turn the numbers behind them. */
export const standingAlone = (text: string): string => (hasRightToLeft(text) ? ownDirection(text) : text);

/** Two or more groups of letters and digits that punctuation holds together. */
const COMPOUND = /(?:(?<![^\s(])[+#-])?[A-Za-z0-9]+(?:[-./:,&_+%]+[A-Za-z0-9]+)+%?|(?<![^\s(])[+#-][0-9]+|[0-9]+%/g;

export const hasRightToLeft = (text: string): boolean =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text);

/** Number of columns a piece takes in a fixed-width view, isolates and marks not counted. */
export const columns = (text: string): number => (NO_WIDTH.test(text) ? text.replace(EVERY_NO_WIDTH, '').length : text.length);

/** Whether a piece takes more columns than there are; most pieces are short enough to be told by their length. */
export const isWiderThan = (text: string, most: number): boolean => text.length > most && columns(text) > most;

const NO_WIDTH = /[\u200F\u2066-\u2069\p{M}]/u;
const EVERY_NO_WIDTH = new RegExp(NO_WIDTH, 'gu');
