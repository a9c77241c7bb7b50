/** Corrects what is kept about a person, wherever they are a contact. What was sent keeps what it said: it is what they got. */
import { findPerson } from './person.ts';
import { act } from '../act.ts';
import { moveLiveReminders } from '../ledger/move-live-reminders.ts';
import { readOptionalLine } from '../operator-input.ts';
import type { Session } from '../session.ts';
import { ADDRESS_FAULTS, checkEmailAddress } from '../../domain/email-address.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { lockAccounts } from '../../store/sql/account-lock.ts';
import { correctContact } from '../../store/sql/privacy/personal-data.ts';

export const CORRECTABLE = ['name', 'name-ar', 'title', 'phone', 'address'] as const;
export type Correctable = (typeof CORRECTABLE)[number];

export interface CorrectedPerson {
  readonly contacts: number;
  readonly changed: readonly Correctable[];
}

/** @throws OperatorError `privacy.unknown-person|bad-value|moved`, `input.bad-text` */
export const correctPerson = (
  session: Session,
  who: string,
  values: Readonly<Partial<Record<Correctable, string>>>,
): Promise<CorrectedPerson> =>
  act(session, 'privacy correct', async (context) => {
    const { tx } = context;
    const found = await findPerson(tx, who);
    const accounts = [...new Set(found.contacts.map(({ accountId }) => accountId))].toSorted((a, b) => a - b);
    await lockAccounts(tx, accounts);
    const { contacts } = await findPerson(tx, who);
    const changed = CORRECTABLE.filter((name) => values[name] !== undefined);
    const change = Object.fromEntries(changed.map((name) => [name.replace('-', '_'), readValue(name, values[name] ?? '')]));
    for (const contact of contacts) {
      if (!(await correctContact(tx, contact, change))) throw moved();
      // Names of the members only: their values are the person's.
      context.record({ objectKind: 'contact', objectId: contact.id, reason: 'corrected', detail: { members: changed } });
    }
    await moveLiveReminders(context, accounts);
    return { contacts: contacts.length, changed };
  });

function readValue(name: Correctable, text: string): string | null {
  if (name === 'address') return readAddress(text);
  const value = readOptionalLine(text, `the ${name}`, 300);
  if (value === null && name === 'name') throw badValue('A contact needs a name.');
  return value;
}

function readAddress(text: string): string {
  const check = checkEmailAddress(text);
  if (check.ok) return check.address;
  throw badValue(`That address ${ADDRESS_FAULTS[check.why]}.`);
}

const badValue = (message: string): OperatorError =>
  new OperatorError({
    code: 'privacy.bad-value',
    kind: 'usage',
    message,
    tryThis: 'Write it like name="Mona Saleh" address=mona@example.ae.',
  });

const moved = (): OperatorError =>
  new OperatorError({
    code: 'privacy.moved',
    kind: 'refused',
    message: 'The contact was changed by somebody else meanwhile.',
    tryThis: 'Try again.',
  });
