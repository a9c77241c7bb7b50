/**
 * Which operating-system account runs the embedded server, and the folders it needs. PostgreSQL refuses to run as root, so
 * under root the server takes an existing unprivileged account while Wafa itself stays root; otherwise it is ourselves.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { OperatorError } from '../../domain/operator-error.ts';
import type { HomeLayout } from './home-layout.ts';

export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  /** True when the server must be started under another account than our own. */
  readonly isOther: boolean;
}

/** PostgreSQL's own account first; `nobody` is shared with other services and only a last resort. */
const ACCOUNTS_FOR_ROOT = ['postgres', 'nobody'];

/** @throws OperatorError when the database belongs to somebody else, or root finds no account to run the server. */
export function serverAccount(layout: HomeLayout): ServerAccount {
  const uid = process.geteuid?.() ?? 0;
  const gid = process.getegid?.() ?? 0;
  const owner = statSync(layout.dataFolder, { throwIfNoEntry: false });
  if (uid !== 0) {
    if (owner !== undefined && owner.uid !== uid) throw notOurs(layout);
    return { uid, gid, isOther: false };
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, isOther: true };
  for (const name of ACCOUNTS_FOR_ROOT) {
    const found = { uid: idOf(name, '-u'), gid: idOf(name, '-g') };
    if (found.uid !== undefined && found.gid !== undefined) return { uid: found.uid, gid: found.gid, isOther: true };
  }
  throw new OperatorError({
    code: 'database.no-account',
    kind: 'configuration',
    message: 'The database server refuses to run as root, and this machine has no account "postgres" or "nobody" to run it under.',
    tryThis: 'Run wafa as an ordinary user, create an account "postgres", or set DATABASE_URL to a PostgreSQL server.',
  });
}

/** Creates the folders of a home: ours for us alone, the server's for its account alone. Repeatable. */
export function prepareFolders(layout: HomeLayout, account: ServerAccount): void {
  // Another account only passes through our folders (x), it never lists them; nobody else reads anything.
  const passage = account.isOther ? 0o711 : 0o700;
  ensureFolder(layout.home, passage);
  ensureFolder(layout.serverFolder, passage);
  for (const folder of [layout.logFolder, layout.socketFolder]) {
    ensureFolder(folder, 0o700);
    if (account.isOther && statSync(folder).uid === 0) chownSync(folder, account.uid, account.gid);
  }
  if (account.isOther) refuseUnreachable(layout, account);
  refuseForeignSocketFolder(layout, account.uid);
}

/**
 * A socket folder outside the home could have been put there by somebody else, to answer in our server's place.
 * @throws OperatorError unless it is a real folder, owned by the server's account or by us, closed to all others.
 */
export function refuseForeignSocketFolder(layout: HomeLayout, serverUid: number): void {
  if (!layout.isSocketOutsideHome) return;
  const found = lstatSync(layout.socketFolder, { throwIfNoEntry: false });
  if (found === undefined) return;
  const isOurs = found.uid === serverUid || found.uid === process.geteuid?.();
  if (found.isDirectory() && isOurs && (found.mode & 0o077) === 0) return;
  throw new OperatorError({
    code: 'database.socket-folder-taken',
    kind: 'configuration',
    message: `The folder ${layout.socketFolder}, where the database is to listen, belongs to somebody else or is open to others.`,
    tryThis: `Ask its owner to remove it, or choose a shorter WAFA_HOME so that the socket fits inside it.`,
  });
}

function ensureFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode });
    const found = lstatSync(folder);
    if (found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o777) !== mode) chmodSync(folder, mode);
  } catch (error) {
    throw new OperatorError({
      code: 'database.no-folder',
      kind: 'configuration',
      message: `The folder ${folder} cannot be created or opened (${errorCode(error)}).`,
      tryThis: 'Make its parent folder writable for this user, or set WAFA_HOME to a folder that is.',
      cause: error,
    });
  }
}

/** Asks the system rather than reading mode bits, so that access lists and mounts count too. */
function refuseUnreachable(layout: HomeLayout, account: ServerAccount): void {
  if (canEnter(layout.serverFolder, account)) return;
  let blocking = layout.serverFolder;
  for (let parent = dirname(blocking); parent !== blocking && !canEnter(parent, account); parent = dirname(blocking)) blocking = parent;
  throw new OperatorError({
    code: 'database.home-unreachable',
    kind: 'configuration',
    message: `The database server runs under user id ${account.uid}, which may not enter ${blocking}.`,
    tryThis: 'Set WAFA_HOME to a folder every account can reach, such as /var/lib/wafa.',
  });
}

/** Whether the server's account may pass through a folder. */
const canEnter = (folder: string, account: ServerAccount): boolean =>
  spawnSync('test', ['-x', folder], { uid: account.uid, gid: account.gid, cwd: '/' }).status === 0;

function idOf(name: string, which: '-u' | '-g'): number | undefined {
  const answer = spawnSync('id', [which, name], { encoding: 'utf8' });
  const id = Number(answer.stdout?.trim());
  return answer.status === 0 && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

const notOurs = (layout: HomeLayout): OperatorError =>
  new OperatorError({
    code: 'database.not-yours',
    kind: 'configuration',
    message: `The database in ${layout.home} belongs to another user of this machine.`,
    tryThis: 'Run wafa as that user, or set WAFA_HOME to a folder of your own.',
  });

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
