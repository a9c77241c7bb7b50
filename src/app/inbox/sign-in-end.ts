/** When the secret ends that a company's mail is signed in with, at the mail server or the mailbox, whichever is first. */
import type { Session } from '../session.ts';
import { isBefore, type Day } from '../../domain/days.ts';

/** Null: by password, or nobody said when it ends. */
export function signInEndsOn({ installation, companyCode }: Pick<Session, 'installation' | 'companyCode'>): Day | null {
  const { mail } = installation;
  const login = installation.mailboxes(companyCode)?.login;
  const days = [mail.kind === 'smtp' ? (mail.oauth?.endsOn ?? null) : null, login?.kind === 'oauth' ? login.oauth.endsOn : null];
  return days
    .filter((day) => day !== null)
    .reduce<Day | null>((first, day) => (first === null || isBefore(day, first) ? day : first), null);
}
