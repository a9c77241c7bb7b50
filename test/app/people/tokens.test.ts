import { describe, expect, it } from 'vitest';

import { act } from '../../../src/app/act.ts';
import { listCompanies } from '../../../src/app/list-companies.ts';
import { createToken, listTokens, MOST_TOKEN_DAYS, revokeToken } from '../../../src/app/people/manage-tokens.ts';
import { addUser, deactivateUser, activateUser } from '../../../src/app/people/manage-users.ts';
import { Secret } from '../../../src/app/people/secret.ts';
import { tokenHash } from '../../../src/app/people/token-text.ts';
import { whoAmI } from '../../../src/app/people/who-am-i.ts';
import { openSession, type Session } from '../../../src/app/session.ts';
import { asId } from '../../../src/domain/ids.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, sessionOf, testInstallation } from '../installation.ts';

const database = testDatabase();
let companies = 0;
const newCompany = (code = `TOKEN_${(companies += 1)}-X`): Promise<Session> => companyWith(testInstallation(database()), { code });

const make = async (session: Session, days = 30) => {
  const { id, secret } = await createToken(session, { label: 'nightly import', days });
  return { id, text: secret.reveal() };
};

/** Another process on another machine, whose login nobody knows. */
const enter = (session: Session, text: string, wanted?: string): Promise<Session> =>
  openSession({ ...session.installation, operatingSystemLogin: 'nobody', token: new Secret(text) }, wanted);

const stored = async (id: number) => {
  const { rows } = await database().admin.query<Record<string, unknown>>('select * from user_tokens where id = $1', [id]);
  return rows[0]!;
};

describe('a token', () => {
  it('names its company and is otherwise chance', async () => {
    const session = await newCompany();
    const [first, second] = [await make(session), await make(session)];
    expect(first.text).toMatch(new RegExp(`^wafa_${session.companyCode}_[A-Za-z0-9_-]{43}$`));
    expect(first.text).not.toBe(second.text);
  });

  it('stands for the person who made it, wherever it is used', async () => {
    const session = await newCompany();
    const { id, text } = await make(session);
    const entered = await enter(session, text);
    expect(entered).toMatchObject({ companyCode: session.companyCode, actor: { kind: 'USER', login: 'amal', tokenId: id } });
    expect(await whoAmI(entered)).toMatchObject({ login: 'amal', recognisedBy: 'token', token: { id, label: 'nightly import' } });
    expect(await whoAmI(session)).toMatchObject({ login: 'amal', recognisedBy: 'login', token: null, company: { isOnePerson: true } });
  });

  it('is kept as a hash only', async () => {
    const session = await newCompany();
    const { id, text } = await make(session);
    const row = await stored(id);
    expect(row['token_hash']).toBe(tokenHash(text));
    expect(JSON.stringify(row)).not.toContain(text.slice(-43));
  });

  it('comes before the login of the operating system', async () => {
    const session = await newCompany();
    const viewer = await sessionOf(database(), session, 'vera', ['VIEWER']);
    const { text } = await make(viewer);
    const entered = await openSession(
      { ...session.installation, operatingSystemLogin: 'amal', token: new Secret(text) },
      session.companyCode,
    );
    expect(entered.actor).toMatchObject({ login: 'vera', roles: ['VIEWER'] });
    await expect(openSession({ ...session.installation, token: new Secret('nonsense') }, session.companyCode)).rejects.toMatchObject({
      code: 'token.refused',
    });
  });

  it('shows no other company than its own', async () => {
    const [ours, theirs] = [await newCompany(), await newCompany()];
    const installation = { ...ours.installation, token: new Secret((await make(ours)).text) };
    expect(await listCompanies(installation)).toEqual([ours.companyCode]);
    expect(await listCompanies(ours.installation)).toContain(theirs.companyCode);
  });

  it('is good for its own company only', async () => {
    const [ours, theirs] = [await newCompany(), await newCompany()];
    const { text } = await make(ours);
    await expect(enter(ours, text, theirs.companyCode)).rejects.toMatchObject({ code: 'token.other-company' });
    const forged = text.replace(ours.companyCode, theirs.companyCode);
    await expect(enter(ours, forged)).rejects.toMatchObject({ code: 'token.refused' });
  });

  it('is refused in the same words when it is unknown, expired, revoked, of nobody active, of no company or no token at all', async () => {
    const session = await newCompany();
    const [expired, revoked] = [await make(session), await make(session)];
    await database().admin.query("update user_tokens set expires_at = now() - interval '1 second' where id = $1", [expired.id]);
    await revokeToken(session, revoked.id);
    await addUser(session, { login: 'gone', roles: ['VIEWER'], isTwoPerson: false });
    const gone = await make(await openSession({ ...session.installation, operatingSystemLogin: 'gone' }, session.companyCode));
    await database().admin.query("update users set is_active = false where company_id = $1 and login = 'gone'", [session.companyId]);
    const unknown = `${expired.text.slice(0, -1)}${expired.text.endsWith('A') ? 'B' : 'A'}`;
    const nowhere = unknown.replace(session.companyCode, 'NOWHERE');
    const faults = await Promise.all(
      [unknown, expired.text, revoked.text, gone.text, nowhere, 'wafa', "' or true --"].map((text) =>
        enter(session, text).then(
          () => 'entered',
          (error: unknown) => JSON.stringify([error, String(error)]),
        ),
      ),
    );
    expect(new Set(faults).size).toBe(1);
    expect(faults[0]).toContain('token.refused');
  });

  it('revoked or expired ends a session that is open', async () => {
    const session = await newCompany();
    const [first, second] = [await make(session), await make(session)];
    const [revoked, expired] = [await enter(session, first.text), await enter(session, second.text)];
    await expect(act(revoked, 'queue', async () => 'seen')).resolves.toBe('seen');
    await revokeToken(session, first.id);
    await expect(act(revoked, 'queue', async () => 'seen')).rejects.toMatchObject({ code: 'token.refused' });
    await database().admin.query("update user_tokens set expires_at = now() - interval '1 second' where id = $1", [second.id]);
    await expect(act(expired, 'queue', async () => 'seen')).rejects.toMatchObject({ code: 'token.refused' });
    await expect(act(session, 'queue', async () => 'seen')).resolves.toBe('seen');
  });

  it('ends with its person, and does not come back with them', async () => {
    const session = await newCompany();
    await addUser(session, { login: 'omar', roles: ['OPERATOR'], isTwoPerson: false });
    const { text } = await make(await openSession({ ...session.installation, operatingSystemLogin: 'omar' }, session.companyCode));
    expect(await deactivateUser(session, 'omar')).toMatchObject({ tokensRevoked: 1 });
    await activateUser(session, 'omar');
    await expect(enter(session, text)).rejects.toMatchObject({ code: 'token.refused' });
  });

  it('makes no further tokens, and the attempt is recorded', async () => {
    const session = await newCompany();
    const entered = await enter(session, (await make(session)).text);
    await expect(make(entered)).rejects.toMatchObject({ code: 'login.by-token', kind: 'refused' });
    const { rows } = await database().admin.query("select reason from audit_logs where company_id = $1 and reason like 'refused%'", [
      session.companyId,
    ]);
    expect(rows).toEqual([{ reason: 'refused: token-by-login' }]);
  });

  it.each([0, -1, MOST_TOKEN_DAYS + 1, 1.5])('does not hold for %s days', async (days) => {
    await expect(make(await newCompany(), days)).rejects.toMatchObject({ code: 'login.bad-days' });
  });

  it(`may hold for ${MOST_TOKEN_DAYS} days by the database's clock`, async () => {
    const session = await newCompany();
    const { id } = await make(session, MOST_TOKEN_DAYS);
    const { rows } = await database().admin.query(
      "select expires_at = created_at + interval '366 days' as is_so from user_tokens where id = $1",
      [id],
    );
    expect(rows).toEqual([{ is_so: true }]);
  });
});

describe('the last use of a token', () => {
  it('is noted, but not more than once a minute', async () => {
    const session = await newCompany();
    const { id, text } = await make(session);
    expect((await stored(id))['last_used_at']).toBeNull();
    await enter(session, text);
    const first = (await stored(id))['last_used_at'];
    expect(first).not.toBeNull();
    await enter(session, text);
    expect((await stored(id))['last_used_at']).toEqual(first);
    await database().admin.query("update user_tokens set last_used_at = now() - interval '61 seconds' where id = $1", [id]);
    const minuteAgo = (await stored(id))['last_used_at'];
    await enter(session, text);
    expect((await stored(id))['last_used_at']).not.toEqual(minuteAgo);
  });
});

describe('tokens of others', () => {
  it('are seen and revoked by an ADMIN, and by nobody else', async () => {
    const session = await newCompany();
    const viewer = await sessionOf(database(), session, 'vera', ['VIEWER']);
    const [mine, hers] = [await make(session), await make(viewer)];
    expect((await listTokens(session)).map(({ id }) => id)).toEqual([hers.id, mine.id]);
    expect((await listTokens(viewer)).map(({ id }) => id)).toEqual([hers.id]);
    await expect(revokeToken(viewer, mine.id)).rejects.toMatchObject({ code: 'login.unknown' });
    expect(await revokeToken(session, hers.id)).toMatchObject({ login: 'vera', isChanged: true });
    expect(await revokeToken(session, hers.id)).toMatchObject({ isChanged: false });
  });

  it('of another company are unknown even to an ADMIN', async () => {
    const [ours, theirs] = [await newCompany(), await newCompany()];
    const { id, text } = await make(theirs);
    await expect(revokeToken(ours, id)).rejects.toMatchObject({ code: 'login.unknown' });
    expect(await listTokens(ours)).toEqual([]);
    expect((await enter(theirs, text)).companyCode).toBe(theirs.companyCode);
  });

  it('and tokens that are not there are refused alike', async () => {
    const session = await newCompany();
    const viewer = await sessionOf(database(), session, 'vera', ['VIEWER']);
    const { id } = await make(session);
    const fault = (which: number) =>
      revokeToken(viewer, asId<'user-token'>(which)).then(
        () => 'revoked',
        (error: unknown) => JSON.stringify([error, String(error)]).replaceAll(String(which), 'N'),
      );
    expect(await fault(id)).toBe(await fault(id + 1_000));
    expect(await fault(id)).toContain('login.unknown');
  });
});
