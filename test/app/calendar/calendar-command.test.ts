import { expect, it } from 'vitest';

import type { Session } from '../../../src/app/session.ts';
import { oneShot } from '../../hostile/one-shot.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

const database = testDatabase();
let companies = 0;
const company = async (): Promise<Session> => {
  companies += 1;
  return await companyWith(testInstallation(database()), { code: `CMD${companies}` });
};
const run = async ({ installation, companyCode }: Session, ...line: readonly string[]) =>
  await oneShot(installation, ['--company', companyCode, 'calendar', ...line]);

it('shows a month with its hours, and why it is closed when it is', async () => {
  const session = await company();
  const december = await run(session, 'show', '--month', '2026-12');
  expect(december.exitCode).toBe(0);
  expect(december.stdout).toMatch(/Tue 1 Dec 2026 +09:00-17:00/);
  expect(december.stdout).toMatch(/Wed 2 Dec 2026 +national-day-2026 \(statutory\)/);
  expect(december.stdout).toMatch(/Sat 5 Dec 2026 +day of rest/);
  const march = await run(session, 'show', '--month', '2027-03');
  expect(march.stdout).toMatch(/Mon 1 Mar 2027 +10:00-14:00 +end of Ramadan: at most FIRM/);
  expect(march.stdout).toMatch(/Fri 12 Mar 2027 +eid-al-fitr-2027 \(expected\); Eid: at most FIRM/);
  const far = await run(session, 'show', '--month', '2031-01');
  expect(far.stdout).toMatch(/Wed 1 Jan 2031 +no days off are known for this year: closed/);
});

it('checks what is to be confirmed, and is content once it is', async () => {
  const session = await company();
  const found = await run(session, 'check');
  expect([found.exitCode, found.stdout]).toEqual([1, expect.stringMatching(/national-day-2026 +statutory +2026-12-02 2026-12-03/)]);
  expect((await run(session, 'check', '--days', '8')).exitCode).toBe(0);
  const confirmed = await run(session, 'confirm', 'national-day-2026', '--on', '2026-12-01,2026-12-02');
  expect([confirmed.exitCode, confirmed.stderr]).toEqual([
    0,
    'national-day-2026 closes Tue 1 Dec 2026, Wed 2 Dec 2026.\nOpen again: Thu 3 Dec 2026.\n',
  ]);
  expect((await run(session, 'confirm', 'national-day-2026')).exitCode).toBe(4);
  expect((await run(session, 'check')).exitCode).toBe(0);
});

it('adds and withdraws a day off, and keeps quiet', async () => {
  const session = await company();
  expect(await run(session, 'add', '2026-12-24', '--name', 'stock', '--until', '2026-12-25')).toMatchObject({
    exitCode: 0,
    stderr: 'stock closes Thu 24 Dec 2026, Fri 25 Dec 2026.\n',
  });
  expect(await run(session, 'withdraw', 'stock', '--on', '2026-12-25')).toMatchObject({ exitCode: 0 });
  expect(await run(session, 'quiet', '--until', '2026-11-25', '--reason', 'audit')).toMatchObject({
    exitCode: 0,
    stderr: 'Quiet: nothing leaves before Wed 25 Nov 2026 00:00 +04:00.\n',
  });
  expect((await run(session, 'show')).stdout).toMatch(/Quiet: nothing leaves before Wed 25 Nov 2026 00:00 \+04:00\./);
  expect((await run(session, 'quiet', '--end')).exitCode).toBe(0);
  expect((await run(session, 'quiet', '--end')).exitCode).toBe(4);
});

it.each([
  [['add', '2026-12-24']],
  [['add', '24/12/2026', '--name', 'stock']],
  [['confirm']],
  [['confirm', 'national-day-2026', '--on', '2026-12-02;2026-12-03']],
  [['show', '--month', '2026-13']],
  [['quiet', '--until', '2026-11-25']],
  [['quiet']],
  [['quiet', '--end', '--until', '2026-11-25']],
  // Of another word: passed over, every day of it would be withdrawn.
  [['withdraw', 'national-day-2026', '--until', '2026-12-02']],
])('does nothing when it is typed wrong: %j', async (line) => {
  expect((await run(await company(), ...line)).exitCode).toBe(2);
});
