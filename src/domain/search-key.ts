/**
 * How names and phone numbers are compared when somebody looks for a customer: as a person means them, not as they were typed. The
 * generated columns `customers.search_text` and `phone_key` do the same in the database (a test holds the two together). Finds only;
 * identity is always the code.
 */

/**
 * Letters that are one letter to whoever searches. Alef with hamza or madda is alef, alef maqsura and yeh with hamza are yeh, teh marbuta
 * is heh (as most people type them), waw with hamza is waw; Persian kaf and yeh are the Arabic ones; Latin letters lose their accents.
 */
export const SAME_LETTERS: Readonly<Record<string, string>> = {
  ا: 'أإآٱ',
  ي: 'ىئی',
  ه: 'ة',
  و: 'ؤ',
  ك: 'ک',
  a: 'àáâãäåāăÀÁÂÃÄÅĀĂ',
  c: 'çćčÇĆČ',
  e: 'èéêëēÈÉÊËĒ',
  g: 'ğĞ',
  i: 'ìíîïīıİÌÍÎÏĪ',
  n: 'ñÑ',
  o: 'òóôõöøōÒÓÔÕÖØŌ',
  s: 'šşŠŞ',
  u: 'ùúûüūÙÚÛÜŪ',
  y: 'ýÿÝ',
  z: 'žŽ',
  ...Object.fromEntries(Array.from('0123456789', (digit, value) => [digit, String.fromCharCode(0x06_60 + value, 0x06_f0 + value)])),
};

/** Not heard when a name is said: hamza alone, tatweel, vowel signs, direction marks, blanks and punctuation. */
export const UNHEARD = 'ءـ\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u200C\u200D\u00A0 .,-–\'’"()/&|_';

const REPLACED: ReadonlyMap<string, string> = new Map([
  ...Object.entries(SAME_LETTERS).flatMap(([to, from]) => Array.from(from, (letter) => [letter, to] as const)),
  ...Array.from(UNHEARD, (letter) => [letter, ''] as const),
]);

/** A name as it is compared: capitals of A-Z small, {@link SAME_LETTERS} made one, {@link UNHEARD} taken out. */
export const searchKey = (text: string): string =>
  Array.from(text, (letter) => REPLACED.get(letter) ?? letter)
    .join('')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The shortest number that is looked for as a phone number: a UAE landline without its area code. */
const SHORTEST_PHONE = 7;

/** What a phone number ends in, seven digits, by which it is found however its country and area were written; `null`: too short for one. */
export function phoneKey(text: string): string | null {
  const digits = phoneDigits(text);
  return digits.length < SHORTEST_PHONE ? null : digits.slice(-SHORTEST_PHONE);
}

/** True when one number is the other as dialled from further away: `+971 50 123 4567`, `00971501234567`, `050 123 4567`, `1234567`. */
export function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [nationalPart(one), nationalPart(other)];
  const [longer, shorter] = a.length < b.length ? [b, a] : [a, b];
  return shorter.length >= SHORTEST_PHONE && longer.endsWith(shorter);
}

/** Without the prefixes of dialling abroad (00), the country (971) and the trunk (0). */
const nationalPart = (text: string): string =>
  phoneDigits(text)
    .replace(/^(?:00)?971/, '')
    .replace(/^0+/, '');

/** Digits up to an extension or a second number. */
const phoneDigits = (text: string): string =>
  Array.from(text, (letter) => REPLACED_DIGITS.get(letter) ?? letter)
    .join('')
    .replace(/^[^0-9]+/, '')
    .replace(/[A-Za-z;,/#][^]*$/, '')
    .replace(/[^0-9]/g, '');

const REPLACED_DIGITS: ReadonlyMap<string, string> = new Map([...REPLACED].filter(([, to]) => /^\d$/.test(to)));
