/**
 * Names and identifiers as they may enter the ledger. What is unsafe anywhere in Wafa is decided by the domain; this adds
 * what only a ledger cell can be: too long, a spreadsheet formula, a number that a spreadsheet has rounded.
 */
import { refuseUnsafeText, TEXT_FAULTS } from '../domain/safe-text.ts';

export interface CleanText {
  readonly text: string;
  /** True when one word mixes alphabets, the sign of a look-alike of another customer's name. */
  readonly isMixedScript: boolean;
}

/** @returns the text in its stored form, or why it is refused, as the rest of a sentence. `most` counts UTF-16 units. */
export function cleanText(text: string, most: number): CleanText | string {
  const clean = PRINTABLE_ASCII.test(text) ? plain(text.trim()) : unsafe(text);
  if (typeof clean === 'string') return clean;
  return clean.text.length > most ? `is longer than ${most} characters` : clean;
}

/** Most cells of a ledger: nothing in them needs normalising, and a million rows notice. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

const plain = (text: string): CleanText | string => (text === '' ? TEXT_FAULTS.empty_after_normalise : { text, isMixedScript: false });

function unsafe(text: string): CleanText | string {
  const check = refuseUnsafeText(text);
  return check.ok ? { text: check.text, isMixedScript: check.flags.includes('mixed_script') } : TEXT_FAULTS[check.why];
}

/**
 * Codes and document numbers. Leading zeros are identity and stay. A formula is refused, as is a number that a spreadsheet
 * has already rounded to `1.23457E+15`: its last digits are lost.
 */
export function cleanIdentifier(text: string, most: number): CleanText | string {
  const clean = cleanText(text, most);
  if (typeof clean === 'string') return clean;
  if (/^[=@+-]/.test(clean.text)) return 'starts like a spreadsheet formula';
  return /^\d(?:[.,]\d+)?[eE]\+\d+$/.test(clean.text) ? 'was rounded by a spreadsheet; format the column as text and export again' : clean;
}
