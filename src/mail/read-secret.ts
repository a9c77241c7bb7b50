/** A secret alone in a file that nobody else can read: a password several people know is nobody's. */
import { readFileSync, statSync } from 'node:fs';
import { OperatorError } from '../domain/operator-error.ts';

/** @param namedBy What names the file, as the beginning of a sentence. @throws OperatorError `config.unreadable-file|open-password-file|bad-password-file` */
export function readSecret(file: string, namedBy: string): string {
  const text = contentOf(file, namedBy).replace(/\r?\n$/, '');
  if ((statSync(file).mode & 0o077) !== 0)
    throw wrong('open-password-file', `The password file ${file} can be read by other users.`, `Run: chmod 600 ${file}`);
  if (text === '' || /\p{Cc}/u.test(text))
    throw wrong(
      'bad-password-file',
      `The password file ${file} is empty or has more than one line.`,
      'Write the password alone on its first line.',
    );
  return text;
}

function contentOf(file: string, namedBy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw wrong('unreadable-file', `${namedBy} names ${file}, which cannot be read.`, 'Check the path and its permissions.', cause);
  }
}

const wrong = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
