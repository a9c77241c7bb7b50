/**
 * Makes the dump of the first release: a small populated database of PostgreSQL 15, the oldest we work with, as the starting point of
 * every upgrade test. Run by hand with `node test/migrations/first-release/make-dump.ts` where Debian's PostgreSQL 15 is installed, and
 * only until the first release is out: from then on the file is what operators have, and is never made again.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Login } from '../../../src/store/connection/login.ts';
import { openDatabase } from '../../../src/store/connection/pool.ts';
import { createDatabaseSql, databaseGrantsSql, ROLES, rolesSql } from '../../../src/store/connection/roles.ts';
import { openSession } from '../../../src/store/connection/session.ts';
import { migrateUp } from '../../../src/store/migrate.ts';
import { packagePath } from '../../../src/package-root.ts';
import { createCompanyInEveryTable } from '../../store/schema/whole-schema.ts';

export const FIRST_RELEASE_DUMP = packagePath('test', 'migrations', 'first-release', 'dump.sql');

/** Companies in the dump; each has a row in every table of its own. */
export const COMPANIES = ['ALPHA', 'BETA'] as const;

const PROGRAMS = '/usr/lib/postgresql/15/bin';
const DATABASE = 'first_release';
const PASSWORD = 'made-for-a-minute';

async function makeDump(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wafa-dump-'));
  const account = serverAccount();
  chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o711);
  const run = (program: string, ...args: readonly string[]): string => ran(join(PROGRAMS, program), args, account, folder);
  try {
    run('initdb', '--pgdata', join(folder, 'data'), '--username', ROLES.admin, '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C');
    const server = spawn(
      join(PROGRAMS, 'postgres'),
      ['-D', join(folder, 'data'), '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
      { ...account, stdio: 'ignore' },
    );
    try {
      await populate(folder);
      const text = run('pg_dump', '--host', folder, '--username', ROLES.admin, '--inserts', DATABASE);
      writeFileSync(FIRST_RELEASE_DUMP, plainSql(text));
    } finally {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** PostgreSQL refuses to run as root. */
function serverAccount(): { readonly uid: number; readonly gid: number } {
  const [uid = 0, gid = 0] = [process.geteuid?.(), process.getegid?.()];
  if (uid !== 0) return { uid, gid };
  const idOf = (which: string): number => Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function ran(program: string, args: readonly string[], account: { readonly uid: number; readonly gid: number }, cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { ...account, cwd, encoding: 'utf8', maxBuffer: 64_000_000 });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return stdout;
}

async function populate(folder: string): Promise<void> {
  const login = (user: string, database: string): Login => ({
    host: folder,
    port: 5432,
    user,
    password: () => PASSWORD,
    database,
    ssl: false,
  });
  const admin = await connected(folder, login(ROLES.admin, 'postgres'));
  const passwords = { owner: PASSWORD, application: PASSWORD, backup: PASSWORD };
  for (const statement of [...rolesSql(passwords), createDatabaseSql(DATABASE), ...databaseGrantsSql(DATABASE)])
    await admin.query(statement);
  await admin.end();
  await migrateUp(login(ROLES.owner, DATABASE));
  const database = openDatabase({ application: login(ROLES.application, DATABASE), owner: null });
  for (const code of COMPANIES) await createCompanyInEveryTable(database, code);
  await database.close();
}

async function connected(folder: string, login: Login): Promise<Awaited<ReturnType<typeof openSession>>> {
  while (!existsSync(join(folder, '.s.PGSQL.5432'))) await new Promise((resolve) => setTimeout(resolve, 20));
  return await openSession(login, { applicationName: 'wafa dump' });
}

/** What a plain connection understands: without the lines that only psql does, and without comments, which change with the server. */
const plainSql = (text: string): string =>
  `${text
    .replaceAll(/^(?:\\.*|--.*)\n/gm, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()}\n`;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await makeDump();
