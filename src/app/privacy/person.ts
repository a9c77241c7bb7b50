/** Finds a person by their mail address, or by the number of one contact: two contacts without an address cannot be told apart otherwise. */
import { asId, type ContactId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { contactsOfPerson, type PersonRow } from '../../store/sql/privacy/personal-data.ts';

export interface Person {
  readonly address: string | null;
  readonly contacts: readonly PersonRow[];
}

/** @throws OperatorError `privacy.unknown-person`; it never repeats what was typed. */
export async function findPerson(tx: CompanyTx, who: string): Promise<Person> {
  const isNumber = /^[1-9]\d{0,14}$/.test(who);
  const wanted = { address: isNumber ? null : who.trim(), id: isNumber ? asId<'contact'>(Number(who)) : null };
  const contacts = await contactsOfPerson(tx, wanted);
  const address = wanted.address ?? contacts[0]?.address ?? null;
  if (contacts.length > 0) return { address, contacts };
  throw new OperatorError({
    code: 'privacy.unknown-person',
    kind: 'usage',
    message: 'No contact of this company has that address or number.',
    tryThis: 'Give the whole address, or the number of the contact from `wafa customer show CODE`.',
  });
}

export const idsOf = ({ contacts }: Person): readonly ContactId[] => contacts.map(({ id }) => id);

/** What free text is searched for. Nothing shorter than three letters: it would be found in half of all words. */
export const wordsOf = ({ address, contacts }: Person): readonly string[] => [
  ...new Set(
    [address, ...contacts.flatMap(({ name, nameAr, phone, address: own }) => [name, nameAr, phone, own])].filter(
      (word): word is string => word !== null && word.trim().length >= 3,
    ),
  ),
];
