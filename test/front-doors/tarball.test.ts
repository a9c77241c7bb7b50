/** What `npm pack` makes: only what a running Wafa needs, and all of it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packagePath, packageVersion } from '../../src/package-root.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';

let folder: string;
let files: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wafa-tarball-'));
  // A server that root starts runs as somebody else.
  chmodSync(folder, 0o711);
  // Not by npm's own prepack: its output would stand before the JSON.
  execFileSync(process.execPath, [packagePath('bin/bootstrap.mjs')], { stdio: 'ignore' });
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: packagePath(), encoding: 'utf8' }),
  ) as [{ readonly filename: string; readonly files: readonly { readonly path: string }[] }];
  files = packed.files.map(({ path }) => path);
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
  linkDependencies(join(folder, 'package/node_modules'));
}, 120_000);
afterAll(async () => {
  await stopServer(join(folder, 'home'));
  rmSync(folder, { recursive: true, force: true });
});

/** What npm would install beside it: the packages of the lockfile that are not only for development. */
function linkDependencies(into: string): void {
  const { packages } = JSON.parse(readFileSync(packagePath('package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    const isTopLevel = path.startsWith('node_modules/') && path.lastIndexOf('node_modules/') === 0;
    if (!isTopLevel || dev === true || devOptional === true || !existsSync(packagePath(path))) continue;
    const link = join(into, path.slice('node_modules/'.length));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(packagePath(path), link);
  }
}

const wafa = (...args: readonly string[]): string =>
  execFileSync(join(folder, 'package/bin/wafa'), args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, WAFA_HOME: join(folder, 'home'), TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

describe('the tarball', () => {
  it('holds the program and what it reads, and nothing of how it is made', () => {
    const folders = new Set(files.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/') + 1) : path)));
    expect([...folders].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/',
      'deploy/',
      'dist/',
      'examples/',
      'mappings/',
      'package.json',
      'templates/',
    ]);
    expect(files.filter((path) => /\.(map|ts|tsx)$|\/build\.mjs|\/install\.mjs/.test(path))).toEqual([]);
  });

  it('runs with its dependencies alone: a ledger, a mail, a statement as PDF', { timeout: 300_000 }, () => {
    expect(wafa('--version')).toBe(`wafa ${packageVersion()}\n`);
    wafa('demo');
    const queue = JSON.parse(wafa('queue', '--json')) as {
      readonly reminders: readonly { readonly id: number; readonly customer: { readonly code: string } }[];
    };
    const [first] = queue.reminders;
    if (first === undefined) throw new Error('the sample ledger proposes nothing');
    expect(wafa('preview', String(first.id), '--html')).toContain('<html');
    const statement = join(folder, 'statement.pdf');
    wafa('statement', first.customer.code, '--pdf', statement);
    expect(readFileSync(statement, 'latin1').slice(0, 5)).toBe('%PDF-');
  });
});
