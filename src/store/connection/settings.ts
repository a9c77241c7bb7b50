/**
 * Where the database is, decided from the environment alone: the built-in server below `WAFA_HOME`, or any PostgreSQL 15+
 * named by `DATABASE_URL`. Reads nothing else and connects to nothing.
 */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import { OperatorError } from '../../domain/operator-error.ts';

export type DatabaseSettings =
  | { readonly kind: 'embedded'; readonly home: string }
  | {
      readonly kind: 'server';
      /** Login of the application role, which row-level security binds. */
      readonly applicationUrl: string;
      /** Login of the role that owns the tables; needed by migrations only. */
      readonly ownerUrl: string | null;
      /** Login of the role that reads everything; needed by backups only. */
      readonly backupUrl?: string;
    };

export interface Account {
  readonly isRoot: boolean;
  readonly userHome: string;
}

/** Root's data goes where the server's own account can reach it: `/root` is closed to every other account. */
const HOME_OF_ROOT = '/var/lib/wafa';

/** @throws OperatorError `configuration`, naming the variable. */
export function readDatabaseSettings(
  environment: Readonly<Record<string, string | undefined>>,
  account: Account = currentAccount(),
): DatabaseSettings {
  const applicationUrl = environment['DATABASE_URL'];
  if (applicationUrl === undefined || applicationUrl === '') return { kind: 'embedded', home: wafaHome(environment, account) };
  const ownerUrl = environment['DATABASE_OWNER_URL'];
  const backupUrl = environment['DATABASE_BACKUP_URL'];
  return {
    kind: 'server',
    applicationUrl: checkedUrl('DATABASE_URL', applicationUrl),
    ownerUrl: ownerUrl === undefined || ownerUrl === '' ? null : checkedUrl('DATABASE_OWNER_URL', ownerUrl),
    ...(backupUrl === undefined || backupUrl === '' ? {} : { backupUrl: checkedUrl('DATABASE_BACKUP_URL', backupUrl) }),
  };
}

/** The folder that holds everything of this installation on this machine, the built-in database included. */
export function wafaHome(environment: Readonly<Record<string, string | undefined>>, account: Account = currentAccount()): string {
  const chosen = environment['WAFA_HOME'];
  if (chosen !== undefined && chosen !== '') return checkedFolder('WAFA_HOME', chosen);
  if (account.isRoot) return HOME_OF_ROOT;
  const data = environment['XDG_DATA_HOME'];
  // The XDG rules say that a relative path is to be ignored.
  return join(data !== undefined && isAbsolute(data) ? data : join(account.userHome, '.local', 'share'), 'wafa');
}

const currentAccount = (): Account => ({ isRoot: process.geteuid?.() === 0, userHome: homedir() });

function checkedFolder(variable: string, folder: string): string {
  if (!isAbsolute(folder)) throw badValue(variable, 'must be an absolute path', `Set it to a full path, for example /home/you/wafa.`);
  if (folder.includes('\0')) throw badValue(variable, 'holds a character no path can have', 'Set it to a plain path.');
  // A trailing slash names the same home, and must find the same server.
  return join(folder).replace(/(?<=.)\/$/, '');
}

/** The value is never repeated: it holds a password. */
function checkedUrl(variable: string, text: string): string {
  const advice = 'Write it as postgresql://user:password@host:5432/database.';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw badValue(variable, 'is not the address of a PostgreSQL server', advice);
  if (url.username === '') throw badValue(variable, 'names no user', advice);
  if (url.pathname.length < 2) throw badValue(variable, 'names no database', advice);
  return text;
}

const badValue = (variable: string, fault: string, tryThis: string): OperatorError =>
  new OperatorError({ code: 'configuration.bad-value', kind: 'configuration', message: `${variable} ${fault}.`, tryThis });
