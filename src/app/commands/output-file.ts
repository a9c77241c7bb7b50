/**
 * A file a verb writes for the person at the terminal. It appears whole or not at all, is for its owner's eyes, and replaces what a link
 * of that name stands for the link itself, never the file behind it.
 */
import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';

/** The option that names one. */
export const outputFile = z
  .string()
  .min(1)
  .max(4_096)
  .refine((path) => !path.includes('\0'), 'is not the name of a file');

/** @throws OperatorError `output.unwritable` */
export async function writeOutput(path: string, bytes: Buffer): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.part`);
  try {
    await writeFile(draft, bytes, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw unwritable(path, 'Check that its folder exists and that you may write there.', cause);
  }
}

/** @throws OperatorError `output.unwritable` unless there is a folder of that name. */
export async function requireFolder(path: string): Promise<void> {
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw unwritable(path, 'Name a folder that exists.');
}

const unwritable = (path: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({
    code: 'output.unwritable',
    kind: 'usage',
    message: `${safeText(JSON.stringify(path.slice(0, 300)))} cannot be written.`,
    tryThis,
    ...(cause === undefined ? {} : { cause }),
  });
