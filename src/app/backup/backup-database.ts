/** Writes a backup of everything all companies have, encrypted, and keeps the newest of them. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBackupKey } from './backup-key.ts';
import type { Installation } from '../installation.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { writeBackup } from '../../store/backup/write-backup.ts';
import { applicationTarget } from '../../store/connection/target.ts';

/** Two weeks of nights: long enough for a fault that shows at a month-end's beginning, small enough for a laptop. */
const KEPT = 14;

export const backupFolder = (home: string): string => join(home, 'backups');

const NAME = /^wafa-\d{8}T\d{6}Z\.backup$/;

export interface BackedUp {
  readonly file: string;
  readonly bytes: number;
  readonly tables: number;
  readonly isKeyNew: boolean;
  /** Names of those too old to keep. */
  readonly dropped: readonly string[];
}

/** @param output Where to; in the installation's own folder, and counted among those kept, without it. @throws OperatorError `backup.no-login` */
export async function backUpDatabase(installation: Installation, output?: string): Promise<BackedUp> {
  const { home, settings, programVersion } = installation;
  const { backup } = await applicationTarget(settings);
  if (backup === undefined) throw noLogin();
  const { key, isNew } = await ensureBackupKey(home);
  const createdAt = Temporal.Now.instant();
  const folder = backupFolder(home);
  if (output === undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = output ?? join(folder, nameOf(createdAt));
  const { tables } = await writeBackup(backup, { path, key, program: programVersion, createdAt: createdAt.toString() });
  const dropped = output === undefined ? await dropOld(folder) : [];
  return { file: path, bytes: (await stat(path)).size, tables, isKeyNew: isNew, dropped };
}

const nameOf = (at: Temporal.Instant): string =>
  `wafa-${at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString().replaceAll(/[-:]/g, '')}.backup`;

/** Oldest first; only files of our own naming. */
export async function keptBackups(home: string): Promise<readonly string[]> {
  const names = await readdir(backupFolder(home)).catch(() => []);
  return names.filter((name) => NAME.test(name)).toSorted();
}

async function dropOld(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).toSorted();
  const old = names.slice(0, Math.max(0, names.length - KEPT));
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
}

const noLogin = (): OperatorError =>
  new OperatorError({
    code: 'backup.no-login',
    kind: 'configuration',
    message: 'DATABASE_BACKUP_URL is not set, so the database cannot be read whole.',
    tryThis: 'Set it to the login of the role wafa_backup, or back the server up with its own tools.',
  });
