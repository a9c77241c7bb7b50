import { describe, expect, it } from 'vitest';

import { act } from '../../../src/app/act.ts';
import { activateUser, addUser, deactivateUser, listUsers, setUser } from '../../../src/app/people/manage-users.ts';
import { openSession, type Session } from '../../../src/app/session.ts';
import { withCompany } from '../../../src/store/connection/with-company.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

const database = testDatabase();
let companies = 0;
const newCompany = (): Promise<Session> => {
  companies += 1;
  return companyWith(testInstallation(database()), { code: `PEOPLE${companies}` });
};

const as = (session: Session, login: string): Promise<Session> =>
  openSession({ ...session.installation, operatingSystemLogin: login }, session.companyCode);

const eventsOf = async ({ companyId }: Session) => {
  const { rows } = await database().admin.query<{
    verb: string;
    object_kind: string;
    to_state: string | null;
    reason: string | null;
    detail: unknown;
  }>("select verb, object_kind, to_state, reason, detail from audit_logs where company_id = $1 and verb like 'user %' order by id", [
    companyId,
  ]);
  return rows;
};

const omar = { login: 'omar', name: 'Omar Haddad', roles: ['OPERATOR', 'APPROVER'], isTwoPerson: false } as const;

describe('a person added by an ADMIN', () => {
  it('is recognised by the login of the operating system, with the roles given', async () => {
    const session = await newCompany();
    await addUser(session, omar);
    expect((await as(session, 'omar')).actor).toMatchObject({ kind: 'USER', login: 'omar', roles: ['OPERATOR', 'APPROVER'] });
  });

  it('leaves the company in one-person mode unless the ADMIN ends it', async () => {
    const session = await newCompany();
    expect(await addUser(session, omar)).toMatchObject({ isOnePerson: true });
    expect(await listUsers(session)).toMatchObject({ isOnePerson: true });
    expect(await setUser(session, { login: 'omar', isTwoPerson: true })).toMatchObject({ isOnePerson: false, isChanged: true });
    expect(await listUsers(session)).toMatchObject({ isOnePerson: false });
    expect((await eventsOf(session)).at(-1)).toMatchObject({ verb: 'user set', object_kind: 'company', to_state: 'TWO_PERSON' });
  });

  it('is written to the audit by id and roles, never by name', async () => {
    const session = await newCompany();
    await addUser(session, { ...omar, isTwoPerson: true });
    const events = await eventsOf(session);
    expect(events.map(({ verb, object_kind, to_state }) => [verb, object_kind, to_state])).toEqual([
      ['user add', 'user', 'ACTIVE'],
      ['user add', 'company', 'TWO_PERSON'],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/omar|haddad/i);
  });

  it('is added once, however many do it at once', async () => {
    const session = await newCompany();
    const attempts = await Promise.allSettled([addUser(session, omar), addUser(session, omar)]);
    expect(attempts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(addUser(session, omar)).rejects.toMatchObject({ code: 'user.exists' });
  });

  it.each([
    ['a login with a space', { login: 'om ar' }, 'user.bad-login'],
    ['a login with a letter that only looks Latin', { login: 'аmal' }, 'user.bad-login'],
    ['a login like an option', { login: '--roles' }, 'user.bad-login'],
    ['a name that reverses text', { name: 'Omar \u202eRAMO' }, 'input.bad-text'],
  ])('is refused with %s', async (_what, change, code) => {
    await expect(addUser(await newCompany(), { ...omar, ...change })).rejects.toMatchObject({ code });
  });
});

describe('the last active ADMIN', () => {
  it.each([
    ['deactivated', (session: Session) => deactivateUser(session, 'amal')],
    [
      'stripped of the role',
      (session: Session) => setUser(session, { login: 'amal', roles: ['OPERATOR', 'APPROVER'], isTwoPerson: false }),
    ],
  ])('cannot be %s, and the attempt is recorded', async (_what, attempt) => {
    const session = await newCompany();
    await addUser(session, omar);
    await expect(attempt(session)).rejects.toMatchObject({ code: 'user.last-admin', kind: 'refused' });
    expect((await listUsers(session)).users).toContainEqual(
      expect.objectContaining({ login: 'amal', isActive: true, roles: ['OPERATOR', 'APPROVER', 'ADMIN'] }),
    );
    expect((await eventsOf(session)).filter(({ reason }) => reason === 'refused: last-admin')).toHaveLength(1);
  });

  it('may go once there is another', async () => {
    const session = await newCompany();
    await addUser(session, { ...omar, roles: ['ADMIN'] });
    expect(await deactivateUser(await as(session, 'omar'), 'amal')).toMatchObject({ user: { isActive: false } });
  });

  it('is counted without those who are inactive', async () => {
    const session = await newCompany();
    await addUser(session, { ...omar, roles: ['ADMIN'] });
    await deactivateUser(session, 'omar');
    await expect(deactivateUser(session, 'amal')).rejects.toMatchObject({ code: 'user.last-admin' });
  });

  it('remains when two ADMINs deactivate each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const session = await newCompany();
      await addUser(session, { ...omar, roles: ['ADMIN'] });
      const other = await as(session, 'omar');
      await Promise.allSettled([deactivateUser(session, 'omar'), deactivateUser(other, 'amal')]);
      expect(await activeAdmins(session)).toBe(1);
    }
  });

  it('would be lost that way if each only looked and did not lock', async () => {
    const session = await newCompany();
    await addUser(session, { ...omar, roles: ['ADMIN'] });
    let looked = 0;
    let bothLooked = (): void => undefined;
    const together = new Promise<void>((resolve) => (bothLooked = resolve));
    const carelessly = (login: string) =>
      withCompany(session.database, session.companyId, async (tx) => {
        const [admins] = await tx.query<{ n: number }>(
          "select count(*)::int as n from users where company_id = $1 and is_active and 'ADMIN' = any(roles)",
          [tx.companyId],
        );
        if ((looked += 1) === 2) bothLooked();
        await together;
        if (admins!.n > 1) await tx.query('update users set is_active = false where company_id = $1 and login = $2', [tx.companyId, login]);
      });
    await Promise.all([carelessly('amal'), carelessly('omar')]);
    expect(await activeAdmins(session)).toBe(0);
  });
});

const activeAdmins = async ({ companyId }: Session): Promise<number> => {
  const { rows } = await database().admin.query<{ n: number }>(
    "select count(*)::int as n from users where company_id = $1 and is_active and 'ADMIN' = any(roles)",
    [companyId],
  );
  return rows[0]!.n;
};

describe('roles', () => {
  it('are nobody’s to give to themselves once the company takes two people', async () => {
    const session = await newCompany();
    await addUser(session, { ...omar, roles: ['ADMIN'], isTwoPerson: true });
    const admin = await as(session, 'omar');
    await expect(setUser(admin, { login: 'omar', roles: ['APPROVER', 'ADMIN'], isTwoPerson: false })).rejects.toMatchObject({
      code: 'user.own-roles',
    });
    expect(await setUser(session, { login: 'omar', roles: ['APPROVER', 'ADMIN'], isTwoPerson: false })).toMatchObject({ isChanged: true });
  });

  it('may be given to oneself where there is nobody else', async () => {
    const session = await newCompany();
    expect(await setUser(session, { login: 'amal', roles: ['VIEWER', 'ADMIN'], isTwoPerson: false })).toMatchObject({ isChanged: true });
  });

  it('taken away end at once in a session that is open', async () => {
    const session = await newCompany();
    await addUser(session, omar);
    const open = await as(session, 'omar');
    await expect(act(open, 'approve', async () => 'approved')).resolves.toBe('approved');
    await setUser(session, { login: 'omar', roles: ['VIEWER'], isTwoPerson: false });
    await expect(act(open, 'approve', async () => 'approved')).rejects.toMatchObject({ code: 'permission.refused' });
    await deactivateUser(session, 'omar');
    await expect(act(open, 'queue', async () => 'seen')).rejects.toMatchObject({ code: 'user.no-longer-active' });
  });

  it('taken away do not stop the record of mail that is out already', async () => {
    const session = await newCompany();
    await addUser(session, omar);
    const open = await as(session, 'omar');
    await deactivateUser(session, 'omar');
    await expect(act(open, 'send', async () => 'recorded', { concludes: true })).resolves.toBe('recorded');
  });
});

describe('somebody deactivated', () => {
  it('finds the company as little as one that is not there, and comes back with the same roles', async () => {
    const session = await newCompany();
    await addUser(session, omar);
    await deactivateUser(session, 'omar');
    await expect(as(session, 'omar')).rejects.toMatchObject({ code: 'company.unknown' });
    expect(await activateUser(session, 'omar')).toMatchObject({ user: { roles: ['OPERATOR', 'APPROVER'], isActive: true } });
    expect((await as(session, 'omar')).actor).toMatchObject({ login: 'omar' });
  });

  it('is deactivated once', async () => {
    const session = await newCompany();
    await addUser(session, omar);
    await deactivateUser(session, 'omar');
    const before = (await eventsOf(session)).length;
    expect(await deactivateUser(session, 'omar')).toMatchObject({ isChanged: false });
    expect(await eventsOf(session)).toHaveLength(before);
  });
});

describe('one-person mode', () => {
  it('does not end while there is one person', async () => {
    const session = await newCompany();
    await expect(setUser(session, { login: 'amal', isTwoPerson: true })).rejects.toMatchObject({ code: 'user.two-people' });
    await addUser(session, omar);
    await deactivateUser(session, 'omar');
    await expect(setUser(session, { login: 'amal', isTwoPerson: true })).rejects.toMatchObject({ code: 'user.two-people' });
    expect(await listUsers(session)).toMatchObject({ isOnePerson: true });
  });
});

describe('another company', () => {
  it('and one that is not there are refused in the same words', async () => {
    const [ours, theirs] = [await newCompany(), await newCompany()];
    await addUser(ours, { ...omar, login: 'stranger' });
    const faults = await Promise.all(
      [theirs.companyCode, 'NOWHERE'].map((code) =>
        openSession({ ...ours.installation, operatingSystemLogin: 'stranger' }, code).then(
          () => 'entered',
          (error: unknown) => JSON.stringify([error, String(error)]).replaceAll(code, 'CODE'),
        ),
      ),
    );
    expect(faults[0]).toBe(faults[1]);
    expect(faults[0]).not.toBe('entered');
  });

  it('keeps its people to itself', async () => {
    const [ours, theirs] = [await newCompany(), await newCompany()];
    await addUser(theirs, { ...omar, login: 'theirs' });
    expect(JSON.stringify(await listUsers(ours))).not.toContain('theirs');
    await expect(setUser(ours, { login: 'theirs', roles: ['ADMIN'], isTwoPerson: false })).rejects.toMatchObject({ code: 'user.unknown' });
    await expect(deactivateUser(ours, 'theirs')).rejects.toMatchObject({ code: 'user.unknown' });
    expect((await listUsers(theirs)).users).toContainEqual(expect.objectContaining({ login: 'theirs', isActive: true, roles: omar.roles }));
  });

  it('is no affair of somebody deactivated in this one', async () => {
    const [ours, theirs] = [await newCompany(), await newCompany()];
    for (const session of [ours, theirs]) await addUser(session, { ...omar, login: 'shared' });
    await deactivateUser(ours, 'shared');
    expect((await openSession({ ...ours.installation, operatingSystemLogin: 'shared' }, undefined)).companyCode).toBe(theirs.companyCode);
  });
});
