import { describe, expect, it } from 'vitest';
import { pauseCompany, readCompany, resumeCompany, setCompany } from '../../src/app/company-settings.ts';
import { createCompany } from '../../src/app/create-company.ts';
import { listCompanies } from '../../src/app/list-companies.ts';
import { readPolicyHistory, setPolicy } from '../../src/app/set-policy.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, sessionOf, testInstallation } from './installation.ts';

const database = testDatabase();
const count = async (sql: string, companyId: number): Promise<number> =>
  Number((await database().admin.query<{ count: string }>(`select count(*) from ${sql} and company_id = $1`, [companyId])).rows[0]?.count);

describe('a new company', () => {
  it('has its founder in every role, a first policy, texts for every level and the pegged dollar', async () => {
    const session = await companyWith(testInstallation(database()), {
      code: 'acme',
      nameAr: 'أكمي',
      policy: { 'trigger.workingDays': '1' },
    });
    expect(session).toMatchObject({ companyCode: 'ACME', actor: { roles: ['OPERATOR', 'APPROVER', 'ADMIN'] } });
    expect(await readCompany(session)).toMatchObject({
      isOnePerson: true,
      policyNumber: 1,
      policyDocument: { trigger: { workingDays: 1 } },
      timeZone: 'Asia/Dubai',
    });
    expect(await count('email_templates where is_active', session.companyId)).toBe(8);
    expect(await count(`exchange_rates where currency = 'USD' and rate_ppm = 3672500`, session.companyId)).toBe(1);
    expect(await count(`audit_logs where verb = 'init'`, session.companyId)).toBe(1);
    expect(await listCompanies(session.installation)).toContain('ACME');
  });

  it('cannot take the code of another, even when both are set up at once', async () => {
    const installation = testInstallation(database());
    const results = await Promise.allSettled([1, 2].map(() => createCompany(installation, { code: 'TWICE', name: 'Twice LLC' })));
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(createCompany(installation, { code: 'twice', name: 'Thrice LLC' })).rejects.toMatchObject({ code: 'company.exists' });
  });

  it('whose set-up died half-way can be set up again', async () => {
    await database().admin.query(`insert into directory (company_code) values ('HALF')`);
    await expect(createCompany(testInstallation(database()), { code: 'HALF', name: 'Half LLC' })).resolves.toMatchObject({
      companyCode: 'HALF',
    });
  });

  it.each([
    [{ code: 'no spaces', name: 'X' }, 'company.bad-code'],
    [{ code: 'X', name: 'Acme\nBcc: evil@example.com' }, 'input.bad-text'],
    [{ code: 'X', name: 'X', fromAddress: 'a@x.example, b@evil.example' }, 'company.bad-address'],
    [{ code: 'X', name: 'X', trn: '123' }, 'company.bad-trn'],
    [{ code: 'X', name: 'X', timeZone: 'Asia/Nowhere' }, 'company.bad-zone'],
    [{ code: 'X', name: 'X', policy: { 'trigger.workingDay': '1' } }, 'policy.unknown-key'],
  ])('is refused: %j', async (request, code) => {
    await expect(createCompany(testInstallation(database()), request)).rejects.toMatchObject({ code });
  });
});

describe('changing a company', () => {
  it('a policy change is a new version with its differences, and no change is none', async () => {
    const session = await companyWith(testInstallation(database()), { code: 'POL' });
    expect(await setPolicy(session, { 'trigger.workingDays': '1', 'minimum.amount': '50' }, 'a trial')).toEqual({
      number: 2,
      changes: [{ key: 'trigger.workingDays', before: '3', after: '1' }],
    });
    expect(await setPolicy(session, { 'trigger.workingDays': '1' })).toEqual({ number: 2, changes: [] });
    await expect(setPolicy(session, { 'trigger.workingDays': '1', 'ladder.firmFromDays': '1' })).rejects.toMatchObject({
      code: 'policy.bad-value',
    });
    expect(await readPolicyHistory(session)).toMatchObject([
      { number: 2, note: 'a trial', by: 'amal', changes: [{ key: 'trigger.workingDays' }] },
      { number: 1, changes: [] },
    ]);
    expect(await count(`audit_logs where verb = 'policy set'`, session.companyId)).toBe(1);
  });

  it('two policy changes at once both hold', async () => {
    const session = await companyWith(testInstallation(database()), { code: 'POL2' });
    await Promise.all([setPolicy(session, { 'trigger.workingDays': '1' }), setPolicy(session, { 'minimum.amount': '7' })]);
    expect(await readCompany(session)).toMatchObject({
      policyNumber: 3,
      policyDocument: { trigger: { workingDays: 1 }, minimum: { amount: '7' } },
    });
  });

  it('only an administrator configures; whoever works may pause', async () => {
    const session = await companyWith(testInstallation(database()), { code: 'PAU' });
    const operator = await sessionOf(database(), session, 'operator-pau', ['OPERATOR']);
    await expect(setPolicy(operator, { 'minimum.amount': '7' })).rejects.toMatchObject({ code: 'permission.refused' });
    await expect(setCompany(operator, { phone: '1' })).rejects.toMatchObject({ code: 'permission.refused' });
    expect(await pauseCompany(operator, 'Bank holiday')).toContain('isPaused');
    expect(await readCompany(session)).toMatchObject({ isPaused: true, pausedReason: 'Bank holiday' });
    expect(await resumeCompany(operator)).toContain('isPaused');
    expect(await resumeCompany(operator)).toEqual([]);
  });

  it('settings are read like everything from outside, and the audit holds no values', async () => {
    const session = await companyWith(testInstallation(database()), { code: 'SET' });
    expect(
      await setCompany(session, { phone: '+971 4 123 4567', replyTo: 'ar@set.example', quietUntil: '2026-12-03T09:00:00+04:00' }),
    ).toEqual(['phone', 'mailReplyTo', 'quietUntil']);
    expect(await readCompany(session)).toMatchObject({
      phone: '+971 4 123 4567',
      mailReplyTo: 'ar@set.example',
      quietUntil: Temporal.Instant.from('2026-12-03T05:00:00Z'),
    });
    expect(await setCompany(session, { phone: '+971 4 123 4567' })).toEqual([]);
    await expect(setCompany(session, { colour: 'red' })).rejects.toMatchObject({ code: 'company.unknown-setting' });
    await expect(setCompany(session, { replyTo: 'a@x\r\nBcc: b@evil.example' })).rejects.toMatchObject({ code: 'company.bad-address' });
    const { rows } = await database().admin.query(`select detail::text from audit_logs where company_id = $1 and verb = 'company set'`, [
      session.companyId,
    ]);
    expect(JSON.stringify(rows)).not.toContain('set.example');
  });
});
