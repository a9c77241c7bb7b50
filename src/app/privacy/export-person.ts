/** Everything kept about one person, for them: who they are here and why, what was sent to them, what they answered, what was noted. */
import { findPerson, idsOf, wordsOf } from './person.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { mailsToPerson, notesNaming, repliesOfPerson, suppressionsOfPerson } from '../../store/sql/privacy/personal-data.ts';

/** An event of its own: it hands personal data out. @throws OperatorError `privacy.unknown-person` */
export const exportPerson = (session: Session, who: string) =>
  act(session, 'privacy export', async (context) => {
    const { tx } = context;
    const person = await findPerson(tx, who);
    const { address, contacts } = person;
    const accountIds = [...new Set(contacts.map(({ accountId }) => accountId))];
    const mails = await mailsToPerson(tx, { address, contactIds: idsOf(person) });
    const replies = address === null ? [] : await repliesOfPerson(tx, address);
    const suppressions = address === null ? [] : await suppressionsOfPerson(tx, address);
    const notes = await notesNaming(tx, { accountIds, words: wordsOf(person) });
    for (const { id } of contacts)
      context.record({ objectKind: 'contact', objectId: id, reason: 'exported', detail: { mails: mails.length } });
    return {
      company: context.company.code,
      exportedAt: context.now.toString(),
      contacts: contacts.map(({ id, accountId: _, version: __, createdAt, ...row }) => ({ id, ...row, since: createdAt.toString() })),
      mails: mails.map(({ version: _, createdAt, sentAt, ...mail }) => ({
        ...mail,
        composedAt: createdAt.toString(),
        sentAt: sentAt?.toString() ?? null,
      })),
      replies: replies.map(({ receivedAt, firstLines }) => ({ receivedAt: receivedAt.toString(), firstLines })),
      suppressions: suppressions.map(({ createdAt, ...row }) => ({ ...row, since: createdAt.toString() })),
      notes,
    };
  });
