/**
 * Finds the customer somebody is talking about: by telephone, invoice, order, receipt, address, code, or a part of the Latin or Arabic name.
 * Bounded: never more rows than asked for, whatever is typed.
 */
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { readLine } from '../operator-input.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { isSamePhone, phoneKey, searchKey } from '../../domain/search-key.ts';
import { customersByExactText, customersByNamePart, customersByPhoneKey, type FoundCustomer } from '../../store/sql/find-customers.ts';

/** Each customer once, the surest match first. @throws OperatorError `find.too-short`, `input.bad-text` */
export const findCustomers = (
  session: Session,
  { text: typed, limit }: { readonly text: string; readonly limit: number },
): Promise<readonly FoundCustomer[]> =>
  act(
    session,
    'customer find',
    async ({ tx }) => {
      const text = readLine(typed, 'what to look for', 300);
      const key = searchKey(text);
      if (key.length < SHORTEST) throw tooShort();
      const phone = /[a-z@]/i.test(text) ? null : phoneKey(text);
      const exact = await customersByExactText(tx, [...new Set([text, text.toUpperCase(), text.toLowerCase()])], limit);
      const called = phone === null ? [] : await customersByPhoneKey(tx, phone, MOST_OF_ONE_ENDING);
      const named = await customersByNamePart(tx, key, limit);
      const found = [...exact, ...called.filter(({ matchedText }) => isSamePhone(matchedText, text)), ...named];
      return [...new Map(found.toReversed().map((one) => [one.id, one])).values()].toReversed().slice(0, limit);
    },
    { isReadOnly: true },
  );

/** One letter is in nearly every name. */
const SHORTEST = 2;

/** Numbers that share their last seven digits and differ before: there are about a dozen area and mobile codes. */
const MOST_OF_ONE_ENDING = 100;

const tooShort = (): OperatorError =>
  new OperatorError({
    code: 'find.too-short',
    kind: 'usage',
    message: 'That is too little to look for.',
    tryThis: 'Give two letters or more of a name, or a number.',
  });
