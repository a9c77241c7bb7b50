/**
 * The verbs of people run whole, from arguments to exit code, with tokens whose text can be searched for: it stands on stdout once, when
 * it is made, and nowhere else; not in errors, logs, the audit or any other row of the database.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { keepBugReport } from '../../../src/app/bug-report.ts';
import { commandRegistry } from '../../../src/app/commands/registry.ts';
import { addUser } from '../../../src/app/people/manage-users.ts';
import { secretOf } from '../../../src/app/people/secret.ts';
import { openSession, type Session } from '../../../src/app/session.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { testDatabase } from '../../support/database.ts';
import { companyWith, testInstallation } from '../installation.ts';

const database = testDatabase();
let home: string;
let session: Session;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'wafa-secret-'));
  session = await companyWith(testInstallation(database()), { code: 'CANARY' });
  await addUser(session, { login: 'omar', roles: ['OPERATOR'], isTwoPerson: false });
});
afterAll(() => rm(home, { recursive: true }));

async function run(argv: readonly string[], token?: string, breaks = false) {
  const seen = { stdout: '', stderr: '' };
  const env = { WAFA_HOME: home, ...(token === undefined ? {} : { WAFA_TOKEN: token }) };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => void (seen[name] += text),
    isTerminal: false,
    columns: undefined,
  });
  const exitCode = await runCli(
    {
      argv,
      env,
      stdout: output('stdout'),
      stderr: output('stderr'),
      registry: commandRegistry,
      ask: undefined,
      openConsole: undefined,
      interruption: () => new AbortController().signal,
      openInstallation: async () => ({ ...testInstallation(database()), token: secretOf(token) }),
      openSession: async (installation, company) => {
        if (breaks) throw new Error('something nobody thought of', { cause: installation.token });
        return await openSession(installation, company);
      },
      keepBugReport: (error) => keepBugReport({ error, env, programVersion: 'test', verb: argv[0] }),
    },
    'test',
  );
  return { exitCode, ...seen };
}

/** Every row of every table that can hold one of the texts. */
async function rowsWith(text: string): Promise<readonly string[]> {
  const { rows } = await database().admin.query<{ table: string }>(
    "select format('%I', table_name) as table from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { table } of rows) {
    const hits = await database().admin.query(`select 1 from ${table} t where position($1 in to_jsonb(t)::text) > 0`, [text]);
    if (hits.rows.length > 0) found.push(table);
  }
  return found;
}

async function logText(): Promise<string> {
  const folder = join(home, 'log');
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

const made = async (...options: readonly string[]): Promise<string> => {
  const { exitCode, stdout } = await run(['login', 'create', '--label', 'a script', ...options, '--json']);
  expect(exitCode).toBe(0);
  return (JSON.parse(stdout) as { readonly token: string }).token;
};

/** The part of a token that is chance. */
const chance = (token: string): string => token.slice(-43);

describe('a token', () => {
  it('stands on stdout once, alone on its line, so that it can go straight into a file', async () => {
    const { stdout, stderr } = await run(['login', 'create', '--label', 'a script', '--days', '30']);
    expect(stdout).toMatch(/^wafa_CANARY_[A-Za-z0-9_-]{43}\n$/);
    expect(stderr).toContain('only time');
    expect(stderr).not.toContain(chance(stdout.trim()));
    const list = await run(['login', 'list', '--json']);
    expect(list.stdout).toContain('a script');
    expect(list.stdout).not.toContain(chance(stdout.trim()));
  });

  it('is in no row of the database, where its label is found', async () => {
    const token = await made();
    expect(await rowsWith(chance(token))).toEqual([]);
    expect(await rowsWith('a script')).toEqual(['user_tokens']);
  });

  it.each([
    ['whoami'],
    ['whoami', '--json'],
    ['user', 'list'],
    ['user', 'add', 'omar', '--roles', 'OPERATOR', '--json'],
    ['user', 'set', 'nobody', '--roles', 'KING'],
    ['user', 'deactivate', 'amal', '--json'],
    ['login', 'list'],
    ['login', 'create', '--label', 'another'],
    ['login', 'revoke', '999999', '--json'],
    ['--company', 'OTHER', 'whoami', '--json'],
  ])('in the environment is not repeated by %s %s %s', async (...argv) => {
    const token = await made();
    const { stdout, stderr } = await run(argv, token);
    expect(stdout + stderr).not.toContain(chance(token));
    expect(stdout + stderr).not.toBe('');
  });

  it('that is refused is not repeated, nor is a broken one', async () => {
    const token = await made();
    for (const bad of [token.replace('CANARY', 'OTHER'), `${token}x`, token.slice(0, -1), `x${token}`]) {
      const { exitCode, stderr } = await run(['whoami', '--json'], bad);
      expect({ exitCode, code: (JSON.parse(stderr) as { error: { code: string } }).error.code }).toEqual({
        exitCode: 5,
        code: 'token.refused',
      });
      expect(stderr).not.toContain(chance(token).slice(0, -1));
    }
  });

  it('is not in what a bug leaves behind', async () => {
    const token = await made();
    const { exitCode, stdout, stderr } = await run(['whoami'], token, true);
    expect(exitCode).toBe(1);
    expect(await logText()).toContain('something nobody thought of');
    expect(stdout + stderr + (await logText())).not.toContain(chance(token));
  });

  it.each([
    (token: string) => ['login', 'create', '--label', token],
    (token: string) => ['login', token],
    (token: string) => ['login', 'revoke', token],
    (token: string) => ['user', 'add', token, '--roles', 'ADMIN'],
    (token: string) => ['user', 'set', 'omar', '--name', `my token ${token}`],
    (token: string) => ['user', 'set', 'omar', '--roles', token.slice(0, -5)],
    (token: string) => ['policy', token],
    (token: string) => ['explain', token],
  ])('is refused as an argument, and not repeated (%#)', async (argv) => {
    const token = await made();
    const { exitCode, stdout, stderr } = await run([...argv(token), '--json']);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain(chance(token).slice(0, 20));
    expect(stderr).toContain('holds a token');
    expect(await rowsWith(chance(token).slice(0, 20))).toEqual([]);
  });

  it('would be repeated if its shape were not known (its random part alone)', async () => {
    const token = await made();
    const { stderr } = await run(['policy', chance(token), '--json']);
    expect(stderr).toContain(chance(token).slice(0, 20));
  });
});
