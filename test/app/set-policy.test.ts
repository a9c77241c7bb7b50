import { describe, expect, it } from 'vitest';

import { readCompany } from '../../src/app/company-settings.ts';
import type { Session } from '../../src/app/session.ts';
import { adoptPreset, previewPolicy, readPolicyHistory, setPolicy } from '../../src/app/set-policy.ts';
import { POLICY_PRESETS } from '../../src/domain/policy/presets.ts';
import { oneShot } from '../hostile/one-shot.ts';
import { testDatabase } from '../support/database.ts';
import { companyWith, sessionOf, testInstallation } from './installation.ts';

const database = testDatabase();
let companies = 0;
const company = async (): Promise<Session> => {
  companies += 1;
  return await companyWith(testInstallation(database()), { code: `TONE${companies}` });
};
const run = async ({ installation, companyCode }: Session, ...line: readonly string[]) =>
  await oneShot(installation, ['--company', companyCode, 'policy', ...line]);

describe('a difference', () => {
  it('is shown to everybody and changes nothing', async () => {
    const session = await company();
    const viewer = await sessionOf(database(), session, `viewer-${companies}`, ['VIEWER']);
    expect(await previewPolicy(viewer, { 'minimum.amount': '7' })).toEqual({
      number: 1,
      changes: [{ key: 'minimum.amount', before: '50', after: '7' }],
    });
    await expect(previewPolicy(viewer, { 'minimum.amont': '7' })).rejects.toMatchObject({ code: 'policy.unknown-key' });
    expect(await readCompany(session)).toMatchObject({ policyNumber: 1, factsVersion: (await readCompany(viewer)).factsVersion });
    expect(await readPolicyHistory(session)).toHaveLength(1);
  });

  it('from a preset may be combined with values of its own', async () => {
    const session = await company();
    const shown = await run(session, 'diff', '--preset', 'firm', 'minimum.amount=5', '--json');
    const { changes } = JSON.parse(shown.stdout) as { readonly changes: readonly { readonly key: string; readonly after: string }[] };
    expect(changes).toContainEqual({ key: 'minimum.amount', before: '50', after: '5' });
    expect(changes).toContainEqual({ key: 'trigger.workingDays', before: '3', after: '1' });
    expect((await run(session, 'diff')).exitCode).toBe(2);
    expect((await run(session, 'diff', '--preset', 'harsh')).exitCode).toBe(2);
    expect((await readCompany(session)).policyNumber).toBe(1);
  });
});

describe('a preset', () => {
  it('is one new version, audited with its name', async () => {
    const session = await company();
    const { number, changes } = await adoptPreset(session, { preset: 'cautious', shownFor: 1 });
    expect([number, changes.length]).toEqual([2, POLICY_PRESETS.cautious.values.length]);
    expect(await adoptPreset(session, { preset: 'cautious', shownFor: 2 })).toEqual({ number: 2, changes: [] });
    expect(await readPolicyHistory(session)).toMatchObject([{ number: 2, note: 'preset cautious' }, { number: 1 }]);
    const { rows } = await database().admin.query<{ detail: unknown }>(
      "select detail from audit_logs where company_id = $1 and verb = 'policy set'",
      [session.companyId],
    );
    expect(rows).toMatchObject([{ detail: { preset: 'cautious', 'trigger.workingDays': '3 → 5' } }]);
  });

  it('is not adopted over a version its differences were not shown for', async () => {
    const session = await company();
    await setPolicy(session, { 'trigger.workingDays': '9' });
    await expect(adoptPreset(session, { preset: 'firm', shownFor: 1 })).rejects.toMatchObject({ code: 'policy.moved' });
    expect(await readCompany(session)).toMatchObject({ policyNumber: 2, policyDocument: { trigger: { workingDays: 9 } } });
  });

  it('is for an administrator', async () => {
    const session = await company();
    const approver = await sessionOf(database(), session, `approver-tone-${companies}`, ['APPROVER']);
    await expect(adoptPreset(approver, { preset: 'firm', shownFor: 1 })).rejects.toMatchObject({ code: 'permission.refused' });
  });

  it('shows what it changes, and then needs to be meant', async () => {
    const session = await company();
    const asked = await run(session, 'preset', 'firm');
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain('trigger.workingDays: 3 → 1');
    expect(asked.stderr).toContain('--yes');
    expect((await readCompany(session)).policyNumber).toBe(1);
    expect((await run(session, 'preset', 'firm', '--yes')).exitCode).toBe(0);
    expect((await run(session, 'preset', 'firm')).exitCode).toBe(4);
    expect((await run(session, 'preset')).stdout).toContain('cautious');
    expect((await readCompany(session)).policyNumber).toBe(2);
  });
});
