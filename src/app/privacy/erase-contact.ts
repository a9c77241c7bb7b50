/**
 * Erases a person: what names them goes from every row, mail to them that has not left is stopped, and the address stays as a keyed hash that
 * nothing is sent to. Amounts, days, states and the audit chain stay as they are.
 */
import { noteErasure } from './erasure-log.ts';
import { findPerson, idsOf, wordsOf, type Person } from './person.ts';
import { act, type Act } from '../act.ts';
import { moveLiveReminders } from '../ledger/move-live-reminders.ts';
import { NO_APPROVAL } from '../no-approval.ts';
import type { Session } from '../session.ts';
import { transition } from '../transition.ts';
import { asId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { mayMove } from '../../domain/reminder-states.ts';
import { lockAccounts, raiseFactsVersions } from '../../store/sql/account-lock.ts';
import { erasePerson as eraseRows, suppressErased, type Erased } from '../../store/sql/privacy/erase-person.ts';
import { erasedKeyOf } from '../../store/sql/privacy/erased-key.ts';
import { mailsToPerson, type MailToPerson } from '../../store/sql/privacy/personal-data.ts';

export interface ErasedPerson extends Erased {
  /** Reminders and mail on request that had not left and now never will. */
  readonly stopped: number;
}

/** @throws OperatorError `privacy.unknown-person`, `privacy.being-sent` while a mail to them is on its way. */
export const eraseContact = (session: Session, who: string): Promise<ErasedPerson> =>
  act(session, 'privacy erase', async (context) => {
    const { tx } = context;
    const found = await findPerson(tx, who);
    const accountIds = [...new Set(found.contacts.map(({ accountId }) => accountId))].toSorted((a, b) => a - b);
    await lockAccounts(tx, accountIds);
    const person = await findPerson(tx, who);
    const stopped = await stopMail(context, person);
    const key = person.address === null ? null : await erasedKeyOf(tx, person.address);
    await noteErasure(session.installation.home, {
      companyCode: session.companyCode,
      contactIds: idsOf(person).map(Number),
      key,
      erasedAt: context.now.toString(),
    });
    const address = person.address?.toLowerCase() ?? null;
    const erased = await eraseRows(tx, { contactIds: idsOf(person), accountIds, address, words: wordsOf(person) });
    if (address !== null && key !== null) await suppressErased(tx, { address, key });
    await raiseFactsVersions(tx, accountIds);
    await moveLiveReminders(context, accountIds);
    for (const { id } of person.contacts)
      context.record({ objectKind: 'contact', objectId: id, toState: 'ERASED', reason: 'on demand', detail: { ...erased, stopped } });
    return { ...erased, stopped };
  });

/** What can still be stopped is; what a sender has in hand cannot, and erasing its address would only hide where it went. */
async function stopMail(context: Act, person: Person): Promise<number> {
  const mails = await mailsToPerson(context.tx, { address: person.address, contactIds: idsOf(person) });
  if (mails.some(({ status }) => status === 'LEASED' || status === 'TRANSMITTING')) throw beingSent();
  if (mails.some(({ kind, status }) => kind === 'REQUESTED' && status === 'QUEUED')) throw beingSent();
  let stopped = 0;
  for (const mail of mails) if (await isStopped(context, mail)) stopped += 1;
  return stopped;
}

async function isStopped(context: Act, { kind, id, status, version }: MailToPerson): Promise<boolean> {
  if (kind !== 'REMINDER' || !mayMove(status, 'CANCELLED')) return false;
  const change = { ...NO_APPROVAL, statusReason: 'contact erased' };
  return await transition(context, {
    id: asId<'reminder'>(id),
    from: status,
    to: 'CANCELLED',
    guard: { version },
    change,
    reason: 'contact erased',
  });
}

const beingSent = (): OperatorError =>
  new OperatorError({
    code: 'privacy.being-sent',
    kind: 'refused',
    message: 'A mail to that person is on its way or about to leave.',
    tryThis: 'Cancel it (`wafa requested cancel ID`), or try again when it has left.',
  });
