import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { openDatabase } from '../../../src/store/connection/pool.ts';
import { withInstallation } from '../../../src/store/connection/with-company.ts';
import { embeddedAdministrator, ensureServer, serverStatus, stopServer } from '../../../src/store/embedded/embedded-server.ts';
import { openSession } from '../../../src/store/connection/session.ts';
import { homeLayout, socketFile } from '../../../src/store/embedded/home-layout.ts';

const MODULE = new URL('../../../src/store/embedded/embedded-server.ts', import.meta.url).href;
const root = mkdtempSync(join(tmpdir(), 'wafa-embedded-'));
// As root the server runs under another account, which must be able to pass.
chmodSync(root, 0o711);
const homes: string[] = [];

/** Making a data folder takes a second, so tests that do not look at its making use one home, one after another. */
const usedHome = (): string => homeNamed('used');

let made = 0;
const freshHome = (): string => homeNamed(`fresh-${(made += 1)}`);

function homeNamed(name: string): string {
  const home = join(root, name);
  homes.push(home);
  const { serverFolder, ownConfigFile } = homeLayout(home);
  mkdirSync(serverFolder, { recursive: true, mode: 0o711 });
  writeFileSync(ownConfigFile, 'fsync = off\nshared_buffers = 16MB\n', { mode: 0o644 });
  return home;
}

afterEach(async () => {
  for (const home of homes.splice(0)) {
    await stopServer(home);
    rmSync(homeLayout(home).socketFolder, { recursive: true, force: true });
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs `ensureServer` in a process of its own and prints the server's process id. */
function startElsewhere(home: string): ChildProcess {
  const script = `import { ensureServer, serverStatus } from '${MODULE}'; await ensureServer(process.argv[1]); console.log((await serverStatus(process.argv[1])).pid);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function running(home: string): Promise<Extract<Awaited<ReturnType<typeof serverStatus>>, { state: 'running' }>> {
  const status = await serverStatus(home);
  if (status.state !== 'running') throw new Error('the server does not run');
  return status;
}

/** False for a process that has ended, also when nobody has collected it yet. */
function isWorking(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== '';
  } catch {
    return false;
  }
}

async function remembers(home: string, write: boolean): Promise<number> {
  const session = await openSession(embeddedAdministrator(home), { applicationName: 'wafa test' });
  if (write) await session.query('drop table if exists kept; create table kept (x int); insert into kept values (42)');
  const { rows } = await session.query<{ x: number }>('select x from kept');
  await session.end();
  return rows[0]?.x ?? 0;
}

describe('the database that is simply there', () => {
  it('starts by itself, closed to everyone else, and stops by itself when nobody is left', async () => {
    const home = freshHome();
    const target = await ensureServer(home, { idleSeconds: 0.4 });
    const layout = homeLayout(home);
    expect(statSync(layout.secretsFile).mode & 0o777).toBe(0o600);
    for (const folder of [layout.dataFolder, layout.logFolder, layout.socketFolder]) expect(statSync(folder).mode & 0o077, folder).toBe(0);
    const database = openDatabase(target);
    const roles = await withInstallation(database, (sql) =>
      sql.one(`select current_user as name, rolsuper, rolbypassrls, rolcreaterole, pg_has_role(current_user, 'wafa_owner', 'member') as is_owner,
        has_schema_privilege('public', 'create') as may_create, current_setting('listen_addresses') as listens from pg_roles where rolname = current_user`),
    );
    expect(roles).toEqual({
      name: 'wafa_app',
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      isOwner: false,
      mayCreate: false,
      listens: '',
    });
    await database.close();
    await expect.poll(() => serverStatus(home), { timeout: 10_000 }).toMatchObject({ state: 'stopped' });
    expect(existsSync(join(layout.dataFolder, 'postmaster.pid'))).toBe(false);
  });

  it('is one server for several processes, even when they all come first', async () => {
    const home = freshHome();
    const others = [startElsewhere(home), startElsewhere(home)];
    const pids = await Promise.all([
      ...others.map(async (child) => Number(await text(child.stdout!))),
      ensureServer(home).then(async () => (await running(home)).pid),
    ]);
    expect(new Set(pids).size).toBe(1);
    await expect.poll(async () => (await running(home)).clients).toBe(0);
    expect((await running(home)).supervisorPid).toBeGreaterThan(0);
  });

  it('stays while somebody uses it', async () => {
    const home = usedHome();
    const database = openDatabase(await ensureServer(home, { idleSeconds: 0.2 }));
    const { pid } = await running(home);
    // Longer than three times the idle time, inside one transaction.
    await withInstallation(database, (sql) => sql.query('select pg_sleep(0.8)'));
    expect((await running(home)).pid).toBe(pid);
    await database.close();
  });

  it('lets a pipe behind the command that started it end', async () => {
    const home = usedHome();
    const child = startElsewhere(home);
    const [printed] = await Promise.all([text(child.stdout!), once(child, 'close')]);
    expect(Number(printed)).toBe((await running(home)).pid);
  });
});

describe('after sudden death', () => {
  it('of the server, the next command finds everything that was committed', async () => {
    const home = usedHome();
    await ensureServer(home);
    const { pid } = await running(home);
    expect(await remembers(home, true)).toBe(42);
    process.kill(pid, 'SIGKILL');
    await ensureServer(home);
    expect((await running(home)).pid).not.toBe(pid);
    expect(await remembers(home, false)).toBe(42);
  });

  it('of the server, an open program goes on without noticing', async () => {
    const home = usedHome();
    const database = openDatabase(await ensureServer(home));
    const { backend } = await withInstallation(database, (sql) => sql.one<{ backend: number }>('select pg_backend_pid() as backend'));
    process.kill((await running(home)).pid, 'SIGKILL');
    // Its last processes still answer for a moment, and would die in the middle of the next transaction.
    await expect.poll(() => isWorking(backend)).toBe(false);
    await expect(withInstallation(database, (sql) => sql.query('select 1 as one'))).resolves.toEqual([{ one: 1 }]);
    await stopServer(home);
    await expect(withInstallation(database, (sql) => sql.query('select 2 as two'))).resolves.toEqual([{ two: 2 }]);
    await database.close();
  });

  it('of the supervisor, the server stays and is looked after again', async () => {
    const home = usedHome();
    await ensureServer(home, { idleSeconds: 0.4 });
    const before = await running(home);
    process.kill(before.supervisorPid ?? Number.NaN, 'SIGKILL');
    await expect.poll(async () => (await running(home)).supervisorPid).toBe(null);
    await ensureServer(home, { idleSeconds: 0.4 });
    const after = await running(home);
    expect(after.pid).toBe(before.pid);
    expect(after.supervisorPid).not.toBe(null);
    await expect.poll(() => serverStatus(home), { timeout: 10_000 }).toMatchObject({ state: 'stopped' });
  });

  it('of both, a lock file that names an unrelated living process does not lock anyone out', async () => {
    const home = usedHome();
    await ensureServer(home);
    const before = await running(home);
    const lock = join(homeLayout(home).dataFolder, 'postmaster.pid');
    const left = readFileSync(lock, 'utf8');
    for (const pid of [before.supervisorPid ?? Number.NaN, before.pid]) process.kill(pid, 'SIGKILL');
    await expect.poll(() => serverStatus(home)).toMatchObject({ state: 'stopped' });
    // As if the machine had given the dead server's number to this test.
    writeFileSync(lock, left.replace(/^\d+/, String(process.pid)));
    await ensureServer(home);
    expect((await running(home)).pid).not.toBe(process.pid);
    await stopServer(home);
    // As if the server had died between making its lock file and writing into it, a while ago.
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    await ensureServer(home);
  });

  it('of its socket, as when old files are cleared away, the server is started anew', async () => {
    const home = usedHome();
    await ensureServer(home);
    const { pid } = await running(home);
    rmSync(socketFile(homeLayout(home)));
    await ensureServer(home);
    expect((await running(home)).pid).not.toBe(pid);
  });

  it('of whoever was making the data folder, it is made anew', async () => {
    const home = freshHome();
    const { serverFolder } = homeLayout(home);
    const abandoned = join(serverFolder, 'data.new-999999999-abc');
    mkdirSync(abandoned);
    writeFileSync(join(abandoned, 'PG_VERSION'), '18\n');
    await ensureServer(home);
    expect(existsSync(abandoned)).toBe(false);
  });
});

describe('when it cannot start, the reason is told', () => {
  it('data of another major version', async () => {
    const home = freshHome();
    mkdirSync(homeLayout(home).dataFolder);
    writeFileSync(join(homeLayout(home).dataFolder, 'PG_VERSION'), '15\n');
    await expect(ensureServer(home)).rejects.toMatchObject({ code: 'database.wrong-version', kind: 'configuration' });
  });

  it('settings of the operator that make no sense', async () => {
    const home = usedHome();
    writeFileSync(homeLayout(home).ownConfigFile, 'shared_buffers = plenty\n');
    await expect(ensureServer(home)).rejects.toMatchObject({ code: 'database.bad-settings' });
  });

  it('a home that is a file', async () => {
    const home = join(root, 'a-file');
    writeFileSync(home, '');
    await expect(ensureServer(home)).rejects.toMatchObject({ code: 'database.no-folder', kind: 'configuration' });
  });

  it.skipIf(process.geteuid?.() !== 0)('a home the server account cannot enter (as root)', async () => {
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    await expect(ensureServer(join(closed, 'home'))).rejects.toThrow(`may not enter ${closed}`);
  });
});

describe('a home whose path is too long for a socket', () => {
  it('listens in a short private folder instead', async () => {
    const home = homeNamed('x'.repeat(120));
    await ensureServer(home);
    const { socketFolder } = await running(home);
    expect(socketFolder).toMatch(/^\/tmp\/wafa-[0-9a-f]{20}$/);
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
  });

  it('refuses a folder that somebody else put there', async () => {
    const home = homeNamed('y'.repeat(120));
    const { socketFolder } = homeLayout(home);
    symlinkSync(root, socketFolder);
    await expect(ensureServer(home)).rejects.toMatchObject({ code: 'database.socket-folder-taken' });
  });
});
