/** Columns the database computes, by which customers are looked for. */
import { SAME_LETTERS, UNHEARD } from '../../domain/search-key.ts';

const FROM = Object.values(SAME_LETTERS).join('');
const TO = Object.entries(SAME_LETTERS)
  .map(([to, from]) => to.repeat(from.length))
  .join('');
const DIGITS = Object.entries(SAME_LETTERS).filter(([to]) => /^\d$/.test(to));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Code and names, as `searchKey` compares them. */
export const SEARCH_TEXT = `(left(lower(translate(code || '¦' || name || '¦' || coalesce(name_ar, ''), ${quoted(FROM + UNHEARD)}, ${quoted(TO)}) collate "C"), 500)) stored`;

/** The last digits of a telephone number, as `phoneKey` takes them. */
export const PHONE_KEY = `(right(regexp_replace(regexp_replace(regexp_replace(translate(phone, ${quoted(DIGITS.map(([, from]) => from).join(''))}, ${quoted(DIGITS.map(([to]) => to.repeat(2)).join(''))}), '^[^0-9]+', ''), '[A-Za-z;,/#].*$', ''), '[^0-9]', '', 'g'), 7)) stored`;
