/** The file with the refused rows of an import. It is there, whole, before the import is committed: no row is ever in neither place. */
import { randomUUID } from 'node:crypto';
import { link, lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, parse, resolve } from 'node:path';
import type { RefusedRows } from './refused-rows.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import type { Delimiter } from '../../intake/csv/file-head.ts';
import { rejectsEnding, rejectsText } from '../../intake/rejects/rejects-text.ts';
import { openTable, type TableChoices } from '../../intake/table-file.ts';

export interface RejectsRequest {
  /** The ledger the rows are from, and how it was read. */
  readonly path: string;
  readonly choices: TableChoices;
  /** What the mapping reads. */
  readonly delimiter: Delimiter | undefined;
  /** Where to write, replacing what is there; left out: beside the ledger, under a name that is free. */
  readonly rejects: string | undefined;
}

/** @returns the path it was written to. @throws OperatorError `import.rejects-unwritable`. */
export async function writeRejects(refused: RefusedRows, { path, choices, delimiter, rejects }: RejectsRequest): Promise<string> {
  if (rejects !== undefined) await requireOther(path, rejects);
  const table = await openTable({ path }, choices);
  const folder = dirname(rejects ?? resolve(path));
  const draft = join(folder, `.${randomUUID()}.part`);
  try {
    await writeWhole(draft, rejectsText(table, refused.all(), delimiter));
    if (rejects === undefined) return await named(draft, resolve(path), rejectsEnding(table));
    await rename(draft, rejects);
    return rejects;
  } catch (error) {
    await rm(draft, { force: true });
    throw isOfFileSystem(error) ? unwritable(rejects ?? folder, error) : error;
  }
}

async function writeWhole(path: string, texts: AsyncIterable<string>): Promise<void> {
  // Names and addresses of customers are for their owner's eyes.
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const text of texts) await file.appendFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The first free name beside the ledger: `open.rejects.csv`, `open.rejects-2.csv`. Two imports never take the same one. */
async function named(draft: string, ledger: string, ending: string): Promise<string> {
  const stem = join(dirname(ledger), parse(basename(ledger)).name.replace(/\.rejects(?:-\d+)?$/, ''));
  for (let copy = 1; ; copy += 1) {
    const target = copy === 1 ? `${stem}${ending}` : `${stem}${ending.replace('.rejects', `.rejects-${copy}`)}`;
    try {
      // Fails when the name is taken, where renaming would replace what has it.
      await link(draft, target);
      await rm(draft);
      return target;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

async function requireOther(path: string, rejects: string): Promise<void> {
  const [ledger, target] = await Promise.all([path, rejects].map((each) => realpath(each).catch(() => resolve(each))));
  const isFolder = await lstat(rejects).then(
    (about) => about.isDirectory(),
    () => false,
  );
  if (ledger === target || isFolder) throw unwritable(rejects);
}

const isOfFileSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

const unwritable = (path: string, cause?: unknown): OperatorError =>
  new OperatorError({
    code: 'import.rejects-unwritable',
    kind: 'usage',
    message: `The refused rows cannot be written to ${safeText(JSON.stringify(path.slice(0, 300)))}. Nothing was imported.`,
    tryThis: 'Name another file with --rejects, in a folder you may write to and not the ledger itself.',
    ...(cause === undefined ? {} : { cause }),
  });
