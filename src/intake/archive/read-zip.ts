/**
 * Opens a zip archive for reading, without ever writing a byte to disk, and refuses what archives are abused for: names that lead
 * elsewhere, links, archives in archives, encryption, and contents that swell. Sizes are bounded while unpacking, not only by what
 * the archive says of itself.
 */
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';

/** A larger archive is no ledger; it is held in memory while it is read. */
export const MOST_ARCHIVE_BYTES = 67_108_864;
/** Of everything together, unpacked. */
const MOST_UNPACKED_BYTES = 536_870_912;
/** Workbooks and invoices shrink to a twentieth; far beyond a hundredth they were made to swell. Small entries may do what they like. */
const MOST_RATIO = 100;
const SMALL_BYTES = 1_048_576;
/** A year of a large company's invoices in one archive. */
const MOST_ENTRIES = 50_000;

export interface ArchiveEntry {
  /** As in the archive, safe to show. */
  readonly name: string;
  readonly unpackedBytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** @throws OperatorError `import.zip-…`, naming the entry. */
export async function readZip(bytes: Buffer, file: string): Promise<readonly ArchiveEntry[]> {
  const zip = await fromBufferPromise(bytes, {
    lazyEntries: true,
    strictFileNames: true,
    validateEntrySizes: true,
    autoClose: false,
  }).catch((error: unknown) => {
    throw damagedZip(file, error);
  });
  const entries: ArchiveEntry[] = [];
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      refuseUnsafe(entry, file);
      total += entry.uncompressedSize;
      if (total > MOST_UNPACKED_BYTES || entries.length >= MOST_ENTRIES) throw bomb(file, entry.fileName);
      entries.push(readable(zip, entry, file));
    }
  } catch (error) {
    throw error instanceof OperatorError ? error : damagedZip(file, error);
  }
  return entries;
}

const readable = (zip: ZipFile, entry: Entry, file: string): ArchiveEntry => ({
  name: safeText(entry.fileName),
  unpackedBytes: entry.uncompressedSize,
  open: () => unpacked(zip, entry, file),
});

/** An entry that gives more than the archive says, or something else, breaks off. */
async function* unpacked(zip: ZipFile, entry: Entry, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw damagedZip(file, error);
  }
}

function refuseUnsafe(entry: Entry, file: string): void {
  const { fileName, uncompressedSize, compressedSize } = entry;
  // The upper half holds the Unix mode, whose own upper bits say what kind of file it is.
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) throw refusal('zip-symlink', file, fileName, 'is a link');
  if (kind !== 0 && kind !== 0o100000) throw refusal('zip-symlink', file, fileName, 'is no plain file');
  if (entry.isEncrypted()) throw refusal('zip-encrypted', file, fileName, 'is encrypted');
  if (/\.(?:zip|gz|7z|rar|tar|tgz|bz2|xz)$/i.test(fileName)) throw refusal('zip-nested', file, fileName, 'is an archive itself');
  if (uncompressedSize > SMALL_BYTES && uncompressedSize > MOST_RATIO * compressedSize) throw bomb(file, fileName);
}

const bomb = (file: string, entry: string): OperatorError => refusal('zip-bomb', file, entry, 'unpacks to far more than a ledger has');

const refusal = (what: string, file: string, entry: string, says: string): OperatorError =>
  new OperatorError({
    code: `import.${what}`,
    message: `In the archive ${file}, ${safeText(entry.slice(0, 100))} ${says}.`,
    tryThis: 'Make the archive again from the plain files.',
    kind: 'usage',
    at: { file },
  });

function damagedZip(file: string, cause: unknown): OperatorError {
  const says = cause instanceof Error ? cause.message : '';
  const isUnsafeName = /relative path|absolute path|invalid characters in fileName/.test(says);
  return new OperatorError({
    code: isUnsafeName ? 'import.zip-path' : 'import.zip-damaged',
    message: isUnsafeName ? `The archive ${file} names a file outside itself.` : `The archive ${file} cannot be read.`,
    tryThis: 'Make the archive again from the plain files.',
    kind: 'usage',
    at: { file },
    cause,
  });
}
