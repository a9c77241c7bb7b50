/** The key backups are written with: one per installation, made with the first of them. Without it no backup can be read. */
import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readSecretFile } from '../configuration/private-file.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export const backupKeyPath = (home: string): string => join(home, 'backup.key');

/** @throws OperatorError `backup.bad-key`, and of kind `configuration` when others may read the file. */
export function readBackupKey(path: string): Buffer {
  const text = readSecretFile(path, 'The key of the backups');
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new OperatorError({
    code: 'backup.bad-key',
    kind: 'configuration',
    message: `The file ${path} holds no key of backups.`,
    tryThis: 'Put the copy of the key back that you keep elsewhere: 64 digits and letters a to f on one line.',
  });
}

/** @returns whether it was made just now, so that somebody is told to keep a copy. */
export async function ensureBackupKey(home: string): Promise<{ readonly key: Buffer; readonly isNew: boolean }> {
  const path = backupKeyPath(home);
  await mkdir(home, { recursive: true, mode: 0o700 });
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.write(`${randomBytes(32).toString('hex')}\n`);
    await file.sync();
    return { key: readBackupKey(path), isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { key: readBackupKey(path), isNew: false };
  }
}
