/** Columns the database computes, by which customers are looked for. */
import { SAME_LETTERS, UNHEARD } from '../../domain/search-key.ts';

const FROM = Object.values(SAME_LETTERS).join('');
const TO = Object.entries(SAME_LETTERS)
  .map(([to, from]) => to.repeat(from.length))
  .join('');
const DIGITS = Object.entries(SAME_LETTERS).filter(([to]) => /^\d$/.test(to));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const compared = (from: string, to: string): string =>
  `left(lower(translate(code || '¦' || name || '¦' || coalesce(name_ar, ''), ${quoted(from)}, ${quoted(to)}) collate "C"), 500)`;

const UNHEARD_ASCII = Array.from(UNHEARD)
  .filter((letter) => letter <= '~')
  .join('');

/**
 * Code and names, as `searchKey` compares them. `translate` looks through its whole list for each letter of a name: with the letters of two
 * alphabets in it that took half of the time of writing a customer. As many bytes as characters is ASCII, where the short list is enough.
 */
export const SEARCH_TEXT = `(case
  when octet_length(code) + octet_length(name) + octet_length(coalesce(name_ar, '')) = length(code) + length(name) + length(coalesce(name_ar, ''))
  then ${compared(UNHEARD_ASCII, '')} else ${compared(FROM + UNHEARD, TO)} end) stored`;

/** The last digits of a telephone number, as `phoneKey` takes them; those of a number without any dress the short way. */
export const PHONE_KEY = `(case when phone ~ '^[+]?[0-9]*$' then right(ltrim(phone, '+'), 7) else right(regexp_replace(regexp_replace(regexp_replace(translate(phone, ${quoted(DIGITS.map(([, from]) => from).join(''))}, ${quoted(DIGITS.map(([to]) => to.repeat(2)).join(''))}), '^[^0-9]+', ''), '[A-Za-z;,/#].*$', ''), '[^0-9]', '', 'g'), 7) end) stored`;
