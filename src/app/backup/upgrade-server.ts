/**
 * Takes the built-in database to the PostgreSQL that this release brings, which cannot read the files of another major version: the newest
 * backup is restored into fresh files, and the old ones are kept beside them. A server that still starts is backed up first; else the
 * last night's backup is the newest there is.
 */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { backupFolder, backUpDatabase, keptBackups } from './backup-database.ts';
import { restoreDatabase, type Restored } from './restore-database.ts';
import { openInstallation, type Installation } from '../installation.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export interface Upgraded {
  /** The folder with the old server's files. */
  readonly kept: string;
  readonly backup: string;
  readonly restored: Restored;
}

/** @throws OperatorError `backup.not-ours|none`, and whatever restoring refuses; the old files are back in place then. */
export async function upgradeServer(installation: Installation): Promise<Upgraded> {
  const { settings, home } = installation;
  if (settings.kind !== 'embedded') throw notOurs();
  const { homeLayout } = await import('../../store/embedded/home-layout.ts');
  const { stopServer } = await import('../../store/embedded/embedded-server.ts');
  const backup = await newestBackup(installation);
  await installation.close();
  await stopServer(home);
  const { serverFolder } = homeLayout(home);
  const kept = `${serverFolder}-kept-${Temporal.Now.instant().epochMilliseconds}`;
  await rename(serverFolder, kept);
  const fresh = openInstallation({ env: installation.configuration.env, operatingSystemLogin: installation.operatingSystemLogin });
  try {
    const restored = await restoreDatabase(fresh, { path: backup });
    return { kept, backup, restored };
  } catch (error) {
    await fresh.close();
    await stopServer(home);
    await rename(serverFolder, `${kept}-failed`).catch(() => undefined);
    await rename(kept, serverFolder);
    throw error;
  } finally {
    await fresh.close();
  }
}

async function newestBackup(installation: Installation): Promise<string> {
  try {
    return (await backUpDatabase(installation)).file;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const newest = (await keptBackups(installation.home)).at(-1);
    if (newest === undefined) throw none(error);
    return join(backupFolder(installation.home), newest);
  }
}

const notOurs = (): OperatorError =>
  new OperatorError({
    code: 'backup.not-ours',
    kind: 'usage',
    message: 'The database is a server of your own, so Wafa does not upgrade it.',
    tryThis: 'Use the tools of that server (pg_upgrade, or `wafa db backup` and `wafa db restore` into the new one).',
  });

const none = (cause: unknown): OperatorError =>
  new OperatorError({
    code: 'backup.none',
    message: 'The old server does not start and there is no backup to restore from.',
    tryThis: 'Install the release the files were written with, run `wafa db backup`, then upgrade.',
    cause,
  });
