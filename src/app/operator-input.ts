/** Reads what an operator typed into the values the ledger takes, refusing what could not be stored or shown safely. */
import { isCurrency, minorFromDecimal, type Currency } from '../domain/money.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { cleanIdentifier } from '../intake/clean-text.ts';
import { refuseUnsafeText, safeText, TEXT_FAULTS } from '../domain/safe-text.ts';

/**
 * One line of text in its stored form. `what` names it in messages: `the reason`.
 * @throws OperatorError `input.bad-text`
 */
export function readLine(text: string, what: string, most: number): string {
  const check = refuseUnsafeText(text);
  if (!check.ok) throw badText(`${capitalised(what)} ${TEXT_FAULTS[check.why]}.`);
  if (check.text.length > most) throw badText(`${capitalised(what)} is longer than ${most} characters.`);
  return check.text;
}

/**
 * A code or number that names a record: what a ledger file may not bring in may not come in by hand either.
 * @throws OperatorError `input.bad-text`
 */
export function readIdentifier(text: string, what: string, most: number): string {
  const clean = cleanIdentifier(text, most);
  if (typeof clean === 'string') throw badText(`${capitalised(what)} ${clean}.`);
  return clean.text;
}

export const readOptionalLine = (text: string | undefined, what: string, most: number): string | null =>
  text === undefined || text.trim() === '' ? null : readLine(text, what, most);

/** A positive amount in minor units. @throws OperatorError `money.bad-amount`, `input.not-positive` */
export function readAmount(text: string, currency: Currency): bigint {
  const minor = minorFromDecimal(text.trim(), currency);
  if (minor > 0n) return minor;
  throw new OperatorError({
    code: 'input.not-positive',
    kind: 'usage',
    message: `The amount ${safeText(text.slice(0, 40))} is not more than nothing.`,
    tryThis: 'Write amounts as positive numbers, for example 8200.50.',
  });
}

/** @throws OperatorError `input.bad-currency` */
export function readCurrency(text: string): Currency {
  const currency = text.trim().toUpperCase();
  if (isCurrency(currency)) return currency;
  throw new OperatorError({
    code: 'input.bad-currency',
    kind: 'usage',
    message: `${JSON.stringify(safeText(text.slice(0, 20)))} is not a currency.`,
    tryThis: 'Use its three-letter ISO code, for example AED.',
  });
}

const badText = (message: string): OperatorError =>
  new OperatorError({ code: 'input.bad-text', kind: 'usage', message, tryThis: 'Type it again as one plain line.' });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
