/**
 * From text to HTML, in two steps. `escaped` takes the meaning from every character that HTML would read as markup, and is asked of each
 * piece before it meets any markup. `withDirections` turns isolates into `<span dir>`, which isolates in browsers and still embeds in
 * Outlook, whose engine knows no `<bdi>`; isolates mean nothing to HTML and stand in no markup, so it is done once over all that was put
 * together.
 */
import { BY_FIRST_STRONG, END, LEFT_TO_RIGHT, RIGHT_TO_LEFT } from './reading-order.ts';

/** A piece of text as HTML, complete by itself. */
export const esc = (text: string): string => withDirections(escaped(text));

/** Nearly no piece has anything to escape, and is given back as it came. */
export const escaped = (text: string): string => (MARKUP.test(text) ? text.replace(EVERY_MARKUP, (sign) => REFERENCES[sign] ?? '') : text);

const MARKUP = /[&<>"']/;
const EVERY_MARKUP = new RegExp(MARKUP, 'g');
const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const withDirections = (html: string): string =>
  html
    .replaceAll(LEFT_TO_RIGHT, '<span dir="ltr">')
    .replaceAll(RIGHT_TO_LEFT, '<span dir="rtl">')
    .replaceAll(BY_FIRST_STRONG, '<span dir="auto">')
    .replaceAll(END, '</span>');
