/**
 * The token this process was given: in the file `WAFA_TOKEN_FILE` names, or in `WAFA_TOKEN` itself. Never in an argument. Its file must
 * be its owner's alone: a token several people can read says nothing about who is acting.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { Secret } from './secret.ts';
import { OperatorError } from '../../domain/operator-error.ts';

/** A token has at most 81 characters; a larger file is something else. */
const MOST_BYTES = 4_096;

/** @returns undefined without a token. @throws OperatorError of kind `configuration`; the token is never repeated. */
export function givenToken(env: Readonly<Record<string, string | undefined>>): Secret | undefined {
  const { WAFA_TOKEN: text = '', WAFA_TOKEN_FILE: file = '' } = env;
  if (text !== '' && file !== '') {
    throw wrong('two-tokens', 'WAFA_TOKEN and WAFA_TOKEN_FILE are both set, and may be two different people.', 'Unset one of them.');
  }
  if (file !== '') return new Secret(withoutLineEnd(readPrivately(file)));
  return text === '' ? undefined : new Secret(withoutLineEnd(text));
}

const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '');

/** Looks at the file that was opened, so that it cannot be exchanged between the look and the reading; a pipe is not waited for. */
function readPrivately(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw wrong('unreadable-token-file', 'The file that WAFA_TOKEN_FILE names cannot be read.', 'Check its path and its permissions.', cause);
  }
  try {
    refuseShared(fstatSync(descriptor));
    const buffer = Buffer.alloc(MOST_BYTES);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, MOST_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Root may own it and let a group read it: service managers hand credentials over like that. */
function refuseShared(stats: Stats): void {
  const { mode, uid, size } = stats;
  if (!stats.isFile()) throw wrong('bad-token-file', 'WAFA_TOKEN_FILE names something that is no file.', 'Write the token alone into a plain file.');
  if (size > MOST_BYTES) throw wrong('bad-token-file', 'The file that WAFA_TOKEN_FILE names is too long for a token.', 'Write the token alone into it.');
  const own = process.geteuid?.();
  const isOurs = own === undefined || uid === own || uid === 0;
  const open = uid === 0 && own !== 0 ? mode & 0o037 : mode & 0o077;
  if (!isOurs || open !== 0) {
    throw wrong('open-token-file', 'The file that WAFA_TOKEN_FILE names belongs to, or can be read by, other users.', 'Make it your own, and run chmod 600 on it.');
  }
}

const wrong = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
