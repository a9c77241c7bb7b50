/** UBL documents as the rows of one table: a single file, a folder of files, or a zip of them. */
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import type { ArchiveEntry } from '../archive/read-zip.ts';
import { sourceBytes } from '../ledger-source.ts';
import type { SourceBytes } from '../ledger-source.ts';
import type { SourceRow } from '../source-row.ts';
import { readUblDocument, UBL_HEADINGS } from './read-document.ts';

/** One document, wherever it lies. */
interface DocumentFile {
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Documents handed on at once. */
const BATCH = 200;

/** @param onBytes hears the bytes of each document; left out where the archive around them is heard as a whole. */
export async function* ublRows(
  files: readonly DocumentFile[],
  onBytes?: (chunk: Uint8Array) => void,
): AsyncGenerator<readonly SourceRow[]> {
  let batch: SourceRow[] = [{ row: 1, cells: UBL_HEADINGS }];
  for (const [index, { name, open }] of files.entries()) {
    const { cells, problem } = await readUblDocument(heard(open(), onBytes), name);
    batch.push({ row: index + 2, cells, file: name, ...(problem === null ? {} : { problem }) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

async function* heard(chunks: AsyncIterable<Uint8Array>, onBytes?: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes?.(chunk);
    yield chunk;
  }
}

export const singleDocument = ({ name, chunks }: SourceBytes): readonly DocumentFile[] => [{ name, open: chunks }];

/** An invoice with its attachments is rarely over a megabyte. */
const MOST_DOCUMENT_BYTES = 20_971_520;

/** The documents of an archive. PDFs beside them are what people read and hold nothing new; anything else is refused, not overlooked. */
export function archivedDocuments(entries: readonly ArchiveEntry[], archive: string): readonly DocumentFile[] {
  const kept = entries.filter(({ name }) => !/(?:^|\/)(?:__MACOSX\/|\.DS_Store$)|\.pdf$/i.test(name));
  const foreign = kept.find(({ name, unpackedBytes }) => !/\.xml$/i.test(name) || unpackedBytes > MOST_DOCUMENT_BYTES);
  if (foreign) throw notDocuments(archive, `holds ${foreign.name}, which is no UBL document`);
  if (kept.length === 0) throw notDocuments(archive, 'holds no UBL documents');
  return kept.toSorted((a, b) => compare(a.name, b.name)).map(({ name, open }) => ({ name, open }));
}

/** The documents right in a folder, by name; `null` when there are none. */
export async function folderDocuments(path: string): Promise<readonly DocumentFile[] | null> {
  const names = (await readdir(path)).filter((name) => /\.xml$/i.test(name)).toSorted(compare);
  if (names.length === 0) return null;
  return await Promise.all(
    names.map(async (name) => {
      const { size } = await lstat(join(path, name));
      if (size > MOST_DOCUMENT_BYTES)
        throw notDocuments(safeText(basename(path)), `holds ${safeText(name)}, which is too large for a document`);
      return { name: safeText(name), open: () => fileIn(path, name) };
    }),
  );
}

async function* fileIn(folder: string, name: string): AsyncGenerator<Uint8Array> {
  yield* (await sourceBytes({ path: join(folder, name), root: folder })).chunks();
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const notDocuments = (file: string, says: string): OperatorError =>
  new OperatorError({
    code: 'import.not-ubl',
    message: `${file} ${says}.`,
    tryThis: 'Put only the XML of invoices and credit notes into it.',
    kind: 'usage',
    at: { file },
  });
