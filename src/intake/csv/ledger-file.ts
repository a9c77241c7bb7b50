/**
 * Opens a ledger file for reading, and nothing else: not a pipe that would hang, not a folder, not a link that leads out of
 * the folder the operator meant, not something too big to be a ledger. Says how large it is before a byte is read.
 */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';

export interface LedgerFile {
  /** File name without its folder, safe to show. */
  readonly name: string;
  readonly bytes: number;
  /** The same for the same unchanged file, whenever it is opened. */
  readonly identity: string;
  /** Read to the end, or {@link LedgerFile.close}d: either gives the file back. */
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** A million invoices take about 100 MB; ten times that is no ledger but a mistake. */
export const MOST_FILE_BYTES = 1_073_741_824;

/** Large enough that a chunk costs little, small enough that two of them do not matter. */
const CHUNK_BYTES = 262_144;

/**
 * @param root when given, the file must lie in this folder once every link is followed (a watched folder, say).
 * @throws OperatorError `import.not-found`, `import.permission`, `import.not-regular-file`, `import.file-too-big`,
 *   `import.empty-file`, `import.outside-folder`.
 */
export async function openLedgerFile(path: string, root: string | null = null): Promise<LedgerFile> {
  const name = safeText(basename(path));
  if (root !== null) await requireInside(path, root, name);
  const handle = await openRegular(path, name);
  try {
    const { size, identity } = await checkedFile(handle, name);
    const chunks = { [Symbol.asyncIterator]: () => handle.createReadStream({ highWaterMark: CHUNK_BYTES })[Symbol.asyncIterator]() };
    return { name, bytes: size, identity, chunks, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function requireInside(path: string, root: string, name: string): Promise<void> {
  const folder = await realpath(root);
  const place = await realpath(path).catch(() => null);
  if (place === null || place.startsWith(folder + sep)) return;
  throw refusal('outside-folder', name, 'lies outside the folder it should come from', 'Copy the file itself into that folder.');
}

/** Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function openRegular(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path, OPEN_FLAGS);
  } catch (error) {
    throw openingFault(error instanceof Error && 'code' in error ? String(error.code) : '', name, error);
  }
}

function openingFault(code: string, name: string, cause: unknown): OperatorError {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refusal('not-found', name, 'does not exist', 'Check the path.', cause);
    case 'EACCES':
    case 'EPERM':
      return refusal('permission', name, 'may not be read by this user', 'Give this user read permission on it.', cause);
    case 'ELOOP':
      return refusal('not-regular-file', name, 'is a link', 'Name the file it leads to.', cause);
    default:
      return refusal('not-regular-file', name, `cannot be opened (${code || 'unknown reason'})`, 'Name a plain file.', cause);
  }
}

async function checkedFile(handle: FileHandle, name: string): Promise<{ readonly size: number; readonly identity: string }> {
  const about = await handle.stat({ bigint: true });
  if (!about.isFile()) throw refusal('not-regular-file', name, 'is not a plain file', 'Name a file, not a folder, pipe or device.');
  if (about.size > MOST_FILE_BYTES)
    throw refusal('file-too-big', name, `is larger than ${MOST_FILE_BYTES / 1_048_576} MB`, 'Split it, or export fewer columns.');
  if (about.size === 0n) throw refusal('empty-file', name, 'is empty', 'Export it again.');
  return { size: Number(about.size), identity: `${about.dev}:${about.ino}:${about.size}:${about.mtimeNs}` };
}

const refusal = (what: string, name: string, says: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `import.${what}`, message: `The file ${name} ${says}.`, tryThis, kind: 'usage', at: { file: name }, cause });
