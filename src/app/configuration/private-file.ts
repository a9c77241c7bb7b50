/**
 * Reads a file that decides what Wafa does or holds a secret, after making sure that nobody else could have read or written it.
 * Looks at the file that was opened, so that it cannot be exchanged between the look and the reading.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { OperatorError } from '../../domain/operator-error.ts';

/** Far above any settings; a larger file is something else. */
const MOST_BYTES = 65_536;

export interface PrivateFile {
  readonly path: string;
  /** The setting that names it, for messages. */
  readonly namedBy: string;
  /** Permission bits nobody may have: 0o077 for a secret, 0o022 for what others may read but not write. */
  readonly closed: number;
}

/** @throws OperatorError of kind `configuration`; the content is never repeated. */
export function readPrivateFile({ path, namedBy, closed }: PrivateFile): string {
  let descriptor: number;
  try {
    // Without waiting: a pipe with nobody behind it must not hang the start.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw fileFault('unreadable-file', `${namedBy} names ${path}, which cannot be read.`, 'Check the path and its permissions.', cause);
  }
  try {
    refuseShared(fstatSync(descriptor), { path, namedBy, closed });
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a secret without the one line end that `echo` puts there. */
export function readSecretFile(path: string, namedBy: string, closed = 0o077): string {
  const secret = readPrivateFile({ path, namedBy, closed }).replace(/\r?\n$/, '');
  if (secret !== '' && !/\p{Cc}/u.test(secret)) return secret;
  throw fileFault('bad-secret-file', `The file ${path} is empty or has more than one line.`, 'Write the secret alone on its first line.');
}

function refuseShared(stats: Stats, { path, namedBy, closed }: PrivateFile): void {
  if (!stats.isFile()) throw fileFault('bad-file', `${namedBy} names ${path}, which is no plain file.`, 'Name a plain file.');
  if (stats.size > MOST_BYTES) throw fileFault('bad-file', `The file ${path} is too large for settings.`, 'Check which file was meant.');
  const own = process.geteuid?.();
  if (own !== undefined && stats.uid !== own && stats.uid !== 0) {
    throw fileFault('foreign-file', `The file ${path} belongs to another user, who could change it.`, "Make it your own or root's.");
  }
  if ((stats.mode & closed) === 0) return;
  const what = closed === 0o022 ? 'changed' : 'read';
  throw fileFault(
    'open-file',
    `The file ${path} can be ${what} by other users.`,
    `Run: chmod ${closed === 0o022 ? 'go-w' : '600'} ${path}`,
  );
}

export const fileFault = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
