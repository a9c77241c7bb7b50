import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';

import { afterAll, describe, expect, test } from 'vitest';

import { judgeSkew } from '../../../src/app/doctor/database.ts';
import { examine, type Examination } from '../../../src/app/doctor/examine.ts';
import { examineHome, examineRuntime, judgeFree } from '../../../src/app/doctor/machine.ts';
import { examineTerminal } from '../../../src/app/doctor/terminal.ts';
import { openInstallation, type Installation } from '../../../src/app/installation.ts';
import { prepared } from '../../../src/app/prepare-database.ts';
import { commandRegistry } from '../../../src/app/commands/registry.ts';
import { doctorPresenter } from '../../../src/cli/present/doctor.ts';
import { renderPage } from '../../../src/cli/render-page.ts';
import { runVerb } from '../../../src/cli/run-verb.ts';
import type { Surroundings } from '../../../src/cli/surroundings.ts';
import { testDatabase } from '../../support/database.ts';
import { settingsFolder } from '../configuration/files.ts';
import { companyWith, testInstallation } from '../installation.ts';

const database = testDatabase();
const login = userInfo().username;
const opened: Installation[] = [];
afterAll(() => Promise.all(opened.map((installation) => installation.close())));

const PIPE = { isTerminal: false, columns: undefined, env: {} };

async function examined(env: Readonly<Record<string, string>>): Promise<Examination> {
  const { home } = settingsFolder();
  const installation = openInstallation({ env: { WAFA_HOME: home, ...env }, operatingSystemLogin: login });
  opened.push(installation);
  return await examine(prepared(installation), PIPE);
}

const stateOf = (examination: Examination, check: string): unknown =>
  examination.findings.find((finding) => finding.check === check)?.state;

describe('an installation in order', () => {
  test('has no fault, and shows each company that may be entered with its last plan', async () => {
    await companyWith(testInstallation(database(), { login }), { code: 'FIT', fromAddress: 'accounts@fit.example' });
    await companyWith(testInstallation(database(), { login: 'somebody-else' }), { code: 'OTHERS' });
    const found = await examined(database().env);
    expect(found.faults).toBe(0);
    expect(stateOf(found, 'Companies apart')).toBe('ok');
    expect(stateOf(found, 'Clock')).toBe('ok');
    expect(found.findings).toContainEqual(expect.objectContaining({ check: 'Company FIT', state: 'ok', found: 'not planned yet' }));
    expect(JSON.stringify(found)).not.toContain('OTHERS');
  });

  test('is told of a company that mail may not be sent for', async () => {
    const found = await examined({ ...database().env, SMTP_URL: 'smtp://localhost:2525', WAFA_MAIL_DOMAINS: 'elsewhere.example' });
    expect(found.findings).toContainEqual(
      expect.objectContaining({ check: 'Company FIT', state: 'warning', found: expect.stringContaining('fit.example') as string }),
    );
  });
});

describe('what is wrong is named, with what to do', () => {
  test('a database that is down, beside everything else there is to know', async () => {
    const found = await examined({ DATABASE_URL: 'postgresql://wafa_app:x@127.0.0.1:9/wafa' });
    expect(found.findings).toContainEqual(
      expect.objectContaining({ check: 'Database', state: 'fault', found: 'The database cannot be reached.' }),
    );
    expect(found.findings.map(({ check }) => check)).toEqual(['Node', 'Folder', 'Disk', 'Database', 'Companies', 'Mail', 'Terminal']);
  });

  test('a database whose login is not bound', async () => {
    const found = await examined({ DATABASE_URL: database().env.DATABASE_OWNER_URL });
    expect(found.findings).toContainEqual(
      expect.objectContaining({ check: 'Database', state: 'fault', found: expect.stringContaining('wafa_owner') as string }),
    );
  });

  test('a folder or a file of passwords that others may look into', () => {
    const { home, write } = settingsFolder();
    write('secrets.json', '{}', 0o644);
    expect(examineHome(home)).toMatchObject([{ state: 'fault', tryThis: expect.stringContaining('secrets.json') as string }]);
    chmodSync(join(home, 'secrets.json'), 0o600);
    mkdirSync(join(home, 'outbox'), { mode: 0o755 });
    expect(examineHome(home)).toMatchObject([{ state: 'fault', tryThis: expect.stringContaining('outbox') as string }]);
    chmodSync(join(home, 'outbox'), 0o700);
    chmodSync(home, 0o755);
    expect(examineHome(home)).toMatchObject([{ state: 'fault', tryThis: expect.stringContaining(home) as string }]);
    chmodSync(home, 0o700);
    expect(examineHome(home)).toMatchObject([{ state: 'ok' }]);
    expect(examineHome(join(home, 'secrets.json'))).toMatchObject([{ state: 'fault' }]);
    expect(examineHome(join(home, 'later'))).toMatchObject([{ state: 'ok' }]);
  });

  test.for([
    [150_000_000, 'fault'],
    [900_000_000, 'warning'],
    [5_000_000_000, 'ok'],
  ] as const)('%i bytes free: %s', ([bytes, state]) => {
    expect(judgeFree(bytes, '/home').state).toBe(state);
  });

  test.for([
    [200, 'ok'],
    [-6_000, 'warning'],
    [61_000, 'fault'],
  ] as const)('a database %i ms away from our clock: %s', ([skewMs, state]) => {
    expect(judgeSkew(skewMs).state).toBe(state);
  });

  test('an old runtime, and code that others may load into ours', () => {
    expect(examineRuntime('v22.1.0', undefined)).toMatchObject([{ state: 'fault' }]);
    expect(examineRuntime('v26.0.0', '--require ./x.js')).toMatchObject([{ state: 'ok' }, { state: 'warning' }]);
  });

  test('a terminal that is narrow or speaks no UTF-8', () => {
    const statesOf = (columns: number, env: Readonly<Record<string, string>>): readonly string[] =>
      examineTerminal({ isTerminal: true, columns, env }).map(({ state }) => state);
    expect(statesOf(40, { LANG: 'C' })).toEqual(['warning', 'ok', 'warning']);
    expect(statesOf(120, { LANG: 'en_AE.UTF-8', NO_COLOR: '1' })).toEqual(['ok', 'ok', 'ok']);
  });
});

describe('the verb', () => {
  const run = async (env: Readonly<Record<string, string>>): Promise<{ code: number; text: string }> => {
    let text = '';
    const output = { isTerminal: false, columns: 80, write: (piece: string) => void (text += piece) };
    const world = {
      env,
      stdout: output,
      stderr: output,
      ask: undefined,
      openInstallation: async () => openInstallation({ env, operatingSystemLogin: login }),
    };
    const command = await commandRegistry.find(({ name }) => name === 'doctor')?.load();
    if (command === undefined) throw new Error('there is no doctor');
    const options = { json: false, csv: false, color: false, yes: false };
    const code = await runVerb(world as unknown as Surroundings, { kind: 'verb', command, input: {}, options });
    return { code, text };
  };

  test('ends with 0 when all is well', async () => {
    expect(await run({ WAFA_HOME: settingsFolder().home, ...database().env })).toMatchObject({
      code: 0,
      text: expect.stringContaining('All is well.') as string,
    });
  });

  test('ends with 1 and the whole page when the database is down', async () => {
    const { code, text } = await run({ WAFA_HOME: settingsFolder().home, DATABASE_URL: 'postgresql://wafa_app:x@127.0.0.1:9/wafa' });
    expect(code).toBe(1);
    expect(text).toContain('WRONG: The database cannot be reached.');
    expect(text).toContain('1 fault, 0 warnings.');
  });

  test('ends with 1, not with a fault of its own, when the built-in database cannot start', async () => {
    const { home, write } = settingsFolder();
    chmodSync(home, 0o711);
    write('postgres/data/PG_VERSION', '15\n');
    const { code, text } = await run({ WAFA_HOME: home });
    expect(code).toBe(1);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('was made by PostgreSQL 15');
  });

  test('says in words what is wrong, and what to do under it', () => {
    const examination: Examination = {
      findings: [{ check: 'Disk', state: 'fault', found: '1 MB free', meaning: 'Full soon.', tryThis: 'Free some space.' }],
      faults: 1,
      warnings: 0,
    };
    const style = { width: 80, proseWidth: 80, bold: String, dim: String };
    expect(renderPage(doctorPresenter.page(examination, { notes: [], timeZone: 'UTC' }), style)).toBe(
      'Disk  WRONG: 1 MB free\n\nDisk: Full soon.\n  → Free some space.\n\n1 fault, 0 warnings.\n',
    );
  });
});
