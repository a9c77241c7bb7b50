/** What decides whether Wafa is installed and built again, and how several starts at once behave. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isBuildCurrent, isInstallCurrent, ownNode, sourceStamp, stampFile } from '../../bin/bootstrap/freshness.cjs';
import { isNewEnough } from '../../bin/bootstrap/launch.cjs';
import { lockPath, ownerOf, withLock } from '../../bin/bootstrap/lock.mjs';
import { packagePath } from '../../src/package-root.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wafa-bootstrap-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}

const lockfile = (packages: Record<string, { readonly version: string; readonly optional?: boolean }>): string =>
  JSON.stringify({ packages: { '': {}, ...packages } });

describe('a build', () => {
  beforeEach(() => {
    write('src/cli/main.ts', 'export {};\n');
    write('package-lock.json', lockfile({}));
    write('node_modules/.package-lock.json', lockfile({}));
    mkdirSync(join(root, 'dist'));
    writeFileSync(stampFile(join(root, 'dist')), sourceStamp(root));
  });

  it('is used again as long as nothing changed', () => {
    expect(isBuildCurrent(root)).toBe(true);
  });

  it.each([
    ['a source was saved', () => utimesSync(join(root, 'src/cli/main.ts'), 1, 1)],
    ['a source was added', () => write('src/domain/day.ts', '')],
    ['a source was removed', () => rmSync(join(root, 'src/cli/main.ts'))],
    ['a migration was added', () => write('migrations/first.ts', '')],
    ['the compiler is set differently', () => write('tsconfig.json', '{}')],
    ['other packages are wanted', () => write('package-lock.json', lockfile({ 'node_modules/zod': { version: '4.6.7' } }))],
    ['the packages were deleted', () => rmSync(join(root, 'node_modules'), { recursive: true })],
    ['it was never finished', () => rmSync(stampFile(join(root, 'dist')))],
  ])('is made again when %s', (_what, change) => {
    change();
    expect(isBuildCurrent(root)).toBe(false);
  });

  it('is used as it is when it came without sources', () => {
    rmSync(join(root, 'src'), { recursive: true });
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(isBuildCurrent(root)).toBe(true);
  });
});

describe('an installation', () => {
  beforeEach(() => {
    write(
      'package-lock.json',
      lockfile({ 'node_modules/zod': { version: '4.6.7' }, 'node_modules/for-windows': { version: '1.0.0', optional: true } }),
    );
    write('node_modules/.package-lock.json', lockfile({ 'node_modules/zod': { version: '4.6.7' } }));
    write('node_modules/node/bin/node', '', 0o755);
  });

  it('is complete without the packages of other platforms', () => {
    expect(isInstallCurrent(root)).toBe(true);
  });

  it.each([
    [
      'a package has another version',
      () => write('node_modules/.package-lock.json', lockfile({ 'node_modules/zod': { version: '4.6.6' } })),
    ],
    ['a package is missing', () => write('node_modules/.package-lock.json', lockfile({}))],
    ['npm was interrupted', () => rmSync(join(root, 'node_modules/.package-lock.json'))],
    ['Node 26 did not arrive', () => rmSync(ownNode(root))],
  ])('is made again when %s', (_what, change) => {
    change();
    expect(isInstallCurrent(root)).toBe(false);
  });
});

describe('two starts at once', () => {
  it('prepare one after the other', async () => {
    let inside = 0;
    let mostInside = 0;
    const prepare = async (): Promise<void> => {
      mostInside = Math.max(mostInside, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(root, prepare, { say: () => undefined })));
    expect(mostInside).toBe(1);
    expect(readdirSync(root)).toEqual([]);
  });

  it('do not wait for one that was killed', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    write(`.bootstrap.lock/${pid}`, '');
    await expect(withLock(root, async () => ownerOf(root))).resolves.toBe(process.pid);
  });

  it('wait for one that lives, and say which process it is when that takes too long', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const pid = String(other.pid);
    write(`.bootstrap.lock/${pid}`, '');
    await expect(withLock(root, async () => 'prepared', { patienceMs: 0, say: () => undefined })).rejects.toThrow(
      `Process ${pid} has been preparing Wafa for long.`,
    );
    expect(existsSync(lockPath(root))).toBe(true);
    other.stdin.end();
  });

  it('leave no lock behind when the work fails', async () => {
    await expect(withLock(root, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(existsSync(lockPath(root))).toBe(false);
  });
});

describe('the Node in charge', () => {
  it.each([
    ['18.20.8', false],
    ['20.20.2', false],
    ['25.9.0', false],
    ['26.0.0', true],
    ['100.1.0', true],
  ])('%s is new enough: %s', (version, isEnough) => {
    expect(isNewEnough(version)).toBe(isEnough);
  });
});

describe('bin/wafa', () => {
  /** A package as a tarball leaves it: no sources, and a program that tells how it was started. */
  beforeEach(() => {
    execFileSync('cp', ['-R', packagePath('bin'), root]);
    write('package.json', '{ "type": "module" }');
    write('dist/main.js', `console.log(JSON.stringify(process.argv.slice(2)), process.cwd()); process.exitCode = 5;`);
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
    symlinkSync(process.execPath, ownNode(root));
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync('../bin/wafa', join(root, 'elsewhere/wafa'));
  });

  it.each([
    ['by its path', (): string => join(root, 'bin/wafa')],
    ['through a link in another folder', (): string => join(root, 'elsewhere/wafa')],
  ])('runs %s with its arguments, the caller’s folder and its own exit code', (_how, command) => {
    const { stdout, stderr, status } = spawnSync(command(), ['queue', '--json', 'a b'], { cwd: tmpdir(), encoding: 'utf8' });
    expect({ stdout, stderr, status }).toEqual({ stdout: `["queue","--json","a b"] ${tmpdir()}\n`, stderr: '', status: 5 });
  });
});
