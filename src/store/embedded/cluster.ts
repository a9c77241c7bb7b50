/**
 * The data folder of the embedded server: made once, whole or not at all, and refused when it belongs to another major
 * version of PostgreSQL.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OperatorError } from '../../domain/operator-error.ts';
import { ROLES } from '../connection/roles.ts';
import type { Binaries } from './binaries.ts';
import type { HomeLayout } from './home-layout.ts';
import { processIsAlive, serverEnvironment } from './postmaster.ts';
import type { ServerAccount } from './server-account.ts';
import { serverFault } from './server-fault.ts';

/** Prepared folders carry the maker's process id, so that what a killed maker left behind can be told from work in hand. */
const DRAFT = /^data\.new-(\d+)-/;

/** Creates the data folder unless there is one. Two processes at once are safe: one's folder wins, the other's goes. */
export function ensureCluster(layout: HomeLayout, account: ServerAccount, binaries: Binaries, adminPassword: string): void {
  const major = clusterMajor(layout);
  if (major === undefined) createCluster(layout, account, binaries, adminPassword);
  else if (major !== binaries.major) throw wrongMajor(layout, major, binaries.major);
}

/** @returns the major version that made the data folder; undefined when there is none. */
function clusterMajor(layout: HomeLayout): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(layout.dataFolder, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw serverFault(layout, String(error), error);
  }
}

function createCluster(layout: HomeLayout, account: ServerAccount, binaries: Binaries, adminPassword: string): void {
  removeAbandonedDrafts(layout);
  const draft = mkdtempSync(join(layout.serverFolder, `data.new-${process.pid}-`));
  const passwordFile = `${draft}.password`;
  try {
    writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
    if (account.isOther) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
    runInitdb(layout, account, binaries, draft, passwordFile);
    publish(draft, layout.dataFolder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

function runInitdb(layout: HomeLayout, account: ServerAccount, binaries: Binaries, folder: string, passwordFile: string): void {
  // Code-point order sorts the same on every machine and outlives upgrades of the system's language data.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = [`--username=${ROLES.admin}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const run = spawnSync(binaries.initdb, [`--pgdata=${folder}`, ...login, ...locale, '--data-checksums', '--no-instructions'], {
    encoding: 'utf8',
    cwd: layout.serverFolder,
    env: serverEnvironment(),
    ...(account.isOther ? { uid: account.uid, gid: account.gid } : {}),
  });
  if (run.status !== 0) throw serverFault(layout, `${run.stderr ?? ''}${run.error?.message ?? ''}`, run.error);
}

/** A rename onto a filled folder fails, so the data folder is always one maker's whole work. */
function publish(draft: string, dataFolder: string): void {
  try {
    renameSync(draft, dataFolder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

function removeAbandonedDrafts(layout: HomeLayout): void {
  for (const name of readdirSync(layout.serverFolder)) {
    const maker = DRAFT.exec(name)?.[1];
    if (maker !== undefined && !processIsAlive(Number(maker))) rmSync(join(layout.serverFolder, name), { recursive: true, force: true });
  }
}

const wrongMajor = (layout: HomeLayout, found: number, ours: number): OperatorError =>
  new OperatorError({
    code: 'database.wrong-version',
    kind: 'configuration',
    message: `The database in ${layout.dataFolder} was made by PostgreSQL ${found}, and this release of wafa brings PostgreSQL ${ours}.`,
    tryThis: `Start the release of wafa that made it and save a copy, then load that copy into a new WAFA_HOME.`,
  });
