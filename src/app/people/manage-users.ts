/**
 * Who works for the company and in which roles: added, changed, deactivated and activated again by an ADMIN. Nobody is deleted,
 * because what they approved keeps their id. The audit names people by id only.
 */
import { readDisplayName, readLogin } from './read-person.ts';
import { conditions } from './conditions.ts';
import { modeAfter } from './one-person-mode.ts';
import { refuseOn } from './refusals.ts';
import { act, type Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import type { Verb } from '../permissions.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Role } from '../../domain/vocabulary.ts';
import { sqlState } from '../../store/connection/connection-error.ts';
import { admitLogin, dismissLogin } from '../../store/sql/directory.ts';
import { revokeTokensOf } from '../../store/sql/user-tokens.ts';
import { companyUsers, insertUser, lockActiveAdmins, lockUserByLogin, updateUser, type UserRow } from '../../store/sql/users.ts';

export interface PeopleView {
  readonly users: readonly UserRow[];
  readonly isOnePerson: boolean;
}

export const listUsers = (session: Session): Promise<PeopleView> =>
  act(session, 'user list', async ({ tx, company }) => ({ users: await companyUsers(tx), isOnePerson: company.isOnePerson }), {
    isReadOnly: true,
  });

export interface NewPerson {
  readonly login: string;
  /** The login when left out. */
  readonly name?: string | undefined;
  readonly roles: readonly Role[];
  /** Ends one-person mode: from now on some steps take two people. */
  readonly isTwoPerson: boolean;
}

export interface ChangedPerson {
  readonly user: UserRow;
  readonly isChanged: boolean;
  readonly isOnePerson: boolean;
  /** Tokens that ended with this. */
  readonly tokensRevoked: number;
}

/** @throws OperatorError `user.exists`, `user.bad-login`, `input.bad-text` */
export async function addUser(session: Session, person: NewPerson): Promise<ChangedPerson> {
  try {
    return await add(session, person);
  } catch (error) {
    // Somebody else added the same login in the same moment.
    throw sqlState(error) === '23505' ? alreadyThere(readLogin(person.login)) : error;
  }
}

const add = (session: Session, person: NewPerson): Promise<ChangedPerson> =>
  act(session, 'user add', async (context) => {
    const { tx } = context;
    const login = readLogin(person.login);
    const displayName = readDisplayName(person.name ?? login);
    if (await lockUserByLogin(tx, login)) throw alreadyThere(login);
    const id = await insertUser(tx, { login, displayName, roles: person.roles });
    await admitLogin(tx, login);
    context.record({ objectKind: 'user', objectId: id, toState: 'ACTIVE', detail: { roles: person.roles } });
    const user: UserRow = { id, login, displayName, roles: person.roles, isActive: true };
    return { user, isChanged: true, isOnePerson: await modeAfter(context, person.isTwoPerson), tokensRevoked: 0 };
  });

export interface PersonChange {
  readonly login: string;
  readonly name?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly isTwoPerson: boolean;
}

/** @throws OperatorError `user.unknown`, `user.last-admin`, `user.own-roles`, `user.two-people` */
export const setUser = (session: Session, change: PersonChange): Promise<ChangedPerson> =>
  changeUser(session, 'user set', change.login, async (context, before) => {
    const roles = change.roles ?? before.roles;
    refuseOn(
      conditions.rolesByAnother.judge({
        isSelf: before.id === userIdOf(context.actor),
        isOnePerson: context.company.isOnePerson,
        gained: roles.filter((role) => !before.roles.includes(role)),
      }),
      'user.own-roles',
      { objectKind: 'user', objectId: before.id },
    );
    const user = { ...before, roles, displayName: change.name === undefined ? before.displayName : readDisplayName(change.name) };
    return { user, isTwoPerson: change.isTwoPerson, tokensRevoked: 0 };
  });

/** Ends their tokens as well: whoever comes back makes new ones. @throws OperatorError `user.unknown`, `user.last-admin` */
export const deactivateUser = (session: Session, login: string): Promise<ChangedPerson> =>
  changeUser(session, 'user deactivate', login, async ({ tx }, before) => {
    await dismissLogin(tx, before.login);
    return { user: { ...before, isActive: false }, isTwoPerson: false, tokensRevoked: await revokeTokensOf(tx, before.id) };
  });

/** With the roles they had. @throws OperatorError `user.unknown` */
export const activateUser = (session: Session, login: string): Promise<ChangedPerson> =>
  changeUser(session, 'user activate', login, async ({ tx }, before) => {
    await admitLogin(tx, before.login);
    return { user: { ...before, isActive: true }, isTwoPerson: false, tokensRevoked: 0 };
  });

interface Intended {
  readonly user: UserRow;
  readonly isTwoPerson: boolean;
  readonly tokensRevoked: number;
}

function changeUser(
  session: Session,
  verb: Verb,
  typedLogin: string,
  change: (context: Act, before: UserRow) => Promise<Intended>,
): Promise<ChangedPerson> {
  return act(session, verb, async (context) => {
    const { tx } = context;
    // Admins before the one user: everybody locks people in this order, so that nobody waits in a circle.
    const admins = await lockActiveAdmins(tx);
    const before = await lockUserByLogin(tx, readLogin(typedLogin));
    if (!before) throw unknownUser(typedLogin);
    const { user, isTwoPerson, tokensRevoked } = await change(context, before);
    const isOnlyAdmin = admins.length === 1 && admins[0] === user.id;
    const objection = conditions.adminRemains.judge({
      login: user.login,
      isOnlyAdmin,
      remainsAdmin: user.isActive && user.roles.includes('ADMIN'),
    });
    refuseOn(objection, 'user.last-admin', { objectKind: 'user', objectId: user.id });
    const isChanged = isOther(before, user);
    if (isChanged) {
      await updateUser(tx, user);
      context.record({
        objectKind: 'user',
        objectId: user.id,
        fromState: stateOf(before),
        toState: stateOf(user),
        detail: { rolesBefore: before.roles, roles: user.roles, isRenamed: before.displayName !== user.displayName, tokensRevoked },
      });
    }
    const isOnePerson = await modeAfter(context, isTwoPerson);
    return { user, isChanged: isChanged || isOnePerson !== context.company.isOnePerson, isOnePerson, tokensRevoked };
  });
}

const stateOf = ({ isActive }: UserRow): string => (isActive ? 'ACTIVE' : 'INACTIVE');

const isOther = (before: UserRow, after: UserRow): boolean =>
  before.isActive !== after.isActive || before.displayName !== after.displayName || before.roles.join() !== after.roles.join();

const alreadyThere = (login: string): OperatorError =>
  new OperatorError({
    code: 'user.exists',
    message: `The login ${login} is a user of this company already.`,
    tryThis: `Change the roles with \`wafa user set ${login} --roles …\`, or let the person in again with \`wafa user activate ${login}\`.`,
  });

const unknownUser = (login: string): OperatorError =>
  new OperatorError({
    code: 'user.unknown',
    kind: 'usage',
    message: `There is no user ${JSON.stringify(login)} in this company.`,
    tryThis: 'Run `wafa user list` to see who there is.',
  });
