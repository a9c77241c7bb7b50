/** An installation of its own for a document: commands of the page run in it one after another, as a reader would type them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { packagePath } from '../../src/package-root.ts';
import { stopServer } from '../../src/store/embedded/embedded-server.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DocumentHome {
  /** Runs one line in a shell that knows `wafa`, a minute after the one before: an override of the clock starts anew in every process. */
  run(line: string): Ended;
  /** The same for what must go well before anything is tested. */
  prepare(line: string): void;
  remove(): Promise<void>;
}

/** The Monday on which the documents' examples take place: the same sample ledger, whenever they run. */
const MORNING = '2026-11-23T09:00:00+04:00';

export function documentHome(): DocumentHome {
  const folder = mkdtempSync(join(tmpdir(), 'wafa-docs-bin-'));
  // A folder of its own, not one inside the other: as root, the database's account must be able to reach it.
  const home = mkdtempSync(join(tmpdir(), 'wafa-docs-'));
  // As an installed package links it; a build that is stale is made now, not within the first command that is looked at.
  symlinkSync(packagePath('bin', 'wafa'), join(folder, 'wafa'));
  const built = spawnSync(process.execPath, [packagePath('bin', 'bootstrap.mjs')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  const env = {
    PATH: [folder, process.env['PATH']].join(delimiter),
    HOME: folder,
    TZ: 'UTC',
    WAFA_HOME: home,
  };
  let clock = Temporal.Instant.from(MORNING);
  const run = (line: string): Ended => {
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', line], {
      cwd: packagePath(),
      // With a socket for its input bash takes itself for a remote login, and talks.
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: { ...env, WAFA_CLOCK: clock.toString() },
    });
    clock = clock.add({ minutes: 1 });
    return { code: status, stdout, stderr };
  };
  return {
    run,
    prepare: (line) => {
      const { code, stderr } = run(line);
      if (code !== 0) throw new Error(`\`${line}\` ended with ${code ?? 'a signal'}: ${stderr}`);
    },
    remove: async () => {
      await stopServer(home);
      for (const path of [home, folder]) rmSync(path, { recursive: true, force: true });
    },
  };
}
