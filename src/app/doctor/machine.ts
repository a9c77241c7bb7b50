/** The machine: runtime, the installation's folder and who may look into it, room on its disk. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fault, ok, warning, type Finding } from './finding.ts';

const MEGABYTE = 1_000_000;

/** Below this the built-in database may fail to start or to write; a ledger of 100,000 invoices takes about as much. */
const LEAST_FREE_BYTES = 200 * MEGABYTE;

/** Early enough to be told before a large import fills it. */
const LITTLE_FREE_BYTES = 1_000 * MEGABYTE;

const OLDEST_NODE = 26;

export function examineRuntime(version: string, nodeOptions: string | undefined): readonly Finding[] {
  const major = Number.parseInt(version.replace(/^v/, ''), 10);
  const runtime =
    major >= OLDEST_NODE
      ? ok('Node', version)
      : fault('Node', {
          found: version,
          meaning: `Wafa needs Node ${OLDEST_NODE} or newer.`,
          tryThis: 'Start it with npm start or bin/wafa, which bring the right one.',
        });
  if ((nodeOptions ?? '') === '') return [runtime];
  const trouble = {
    found: 'NODE_OPTIONS is set',
    meaning: 'It can load code into Wafa before its first line, with all its rights.',
    tryThis: 'Unset it for daemons: in a systemd unit, UnsetEnvironment=NODE_OPTIONS.',
  };
  return [runtime, warning('Environment', trouble)];
}

/** What is open to others is a fault; a folder that is not there yet is none: it is made closed. */
export function examineHome(home: string): readonly Finding[] {
  const found = statSync(home, { throwIfNoEntry: false });
  if (found === undefined) return [ok('Folder', `${home} (made at first use)`)];
  if (!found.isDirectory()) {
    return [
      fault('Folder', { found: `${home} is no folder`, meaning: 'Nothing can be kept there.', tryThis: 'Set WAFA_HOME to a folder.' }),
    ];
  }
  const own = process.geteuid?.();
  if (own !== undefined && own !== 0 && found.uid !== own) {
    return [
      fault('Folder', {
        found: `${home} belongs to another user`,
        meaning: 'You may not use what is in it.',
        tryThis: 'Run wafa as that user, or set WAFA_HOME to a folder of your own.',
      }),
    ];
  }
  // Under root other accounts may pass through (x), never list or write: the database server is one of them.
  const openBits = own === 0 ? 0o066 : 0o077;
  const open = [home, join(home, 'secrets.json'), join(home, 'outbox')].filter((path) => isOpen(path, path === home ? openBits : 0o077));
  return open.length === 0 ? [ok('Folder', home)] : open.map(openToOthers);
}

const isOpen = (path: string, bits: number): boolean => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & bits) !== 0;

const openToOthers = (path: string): Finding =>
  fault('Folder', {
    found: `${path} is open to other users`,
    meaning: 'They could read names, amounts or passwords.',
    tryThis: `Run: chmod go-rwx ${path}`,
  });

export function examineDisk(home: string): Finding {
  let folder = home;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  return judgeFree(bavail * bsize, home);
}

export function judgeFree(freeBytes: number, home: string): Finding {
  const found = `${Math.floor(freeBytes / MEGABYTE)} MB free`;
  const tryThis = `Free some space on the disk of ${home}.`;
  if (freeBytes < LEAST_FREE_BYTES)
    return fault('Disk', { found, meaning: 'The database may fail to start, or to write; then nothing is sent.', tryThis });
  if (freeBytes < LITTLE_FREE_BYTES) return warning('Disk', { found, meaning: 'A large import may fill it.', tryThis });
  return ok('Disk', found);
}
