/** Who is acting, for which company, how that was found out, and what it allows. Reads only. */
import { act } from '../act.ts';
import { conditionsFor, verbsFor } from '../permissions.ts';
import type { Session } from '../session.ts';
import { BugError } from '../../domain/operator-error.ts';
import { userTokenById } from '../../store/sql/user-tokens.ts';

export const whoAmI = (session: Session) =>
  act(
    session,
    'whoami',
    async ({ tx, actor, company }) => {
      if (actor.kind !== 'USER') throw new BugError('only a person asks who they are');
      const token = actor.tokenId === undefined ? undefined : await userTokenById(tx, actor.tokenId);
      const verbs = verbsFor(actor.roles);
      return {
        login: actor.login,
        company: { code: company.code, name: company.name, isOnePerson: company.isOnePerson },
        roles: actor.roles,
        recognisedBy: token === undefined ? ('login' as const) : ('token' as const),
        token:
          token === undefined
            ? null
            : { id: token.id, label: token.label, expiresAt: token.expiresAt.toString({ smallestUnit: 'second' }) },
        mayDo: verbs,
        conditions: verbs.flatMap((verb) => conditionsFor(verb).map(({ about }) => ({ verb, about }))),
      };
    },
    { isReadOnly: true },
  );

export type WhoView = Awaited<ReturnType<typeof whoAmI>>;
