/**
 * Takes in what a ledger program drops into a folder. A file is taken once it has stopped growing: renamed into `work/`, which only one of
 * several watchers can do, imported, and put into `done/` or `rejected/` with a report beside it. One left in `work/` by a watcher that
 * died is imported again, which changes nothing when it was in already. So no crash loses a file or takes it in twice, and two watchers
 * do no harm.
 */
import { lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { chooseMapping } from './choose-mapping.ts';
import { ImportRefused } from './import-refused.ts';
import { importLedger, type ImportOutcome } from '../import-ledger.ts';
import type { Session } from '../session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import type { RecordKind } from '../../intake/mapping.ts';

export interface TakenFile {
  readonly file: string;
  readonly result:
    | { readonly kind: 'done'; readonly outcome: ImportOutcome }
    | { readonly kind: 'rejected'; readonly error: OperatorError };
}

/** Remembers between two passes what files looked like. One per folder, kept by whoever calls again and again. */
export interface FolderMemory {
  readonly sizes: Map<string, string>;
  /** In how many looks in a row a file lay in `work/`. */
  readonly leftovers: Map<string, number>;
}

export const newFolderMemory = (): FolderMemory => ({ sizes: new Map(), leftovers: new Map() });

/**
 * One pass. A file that is new or has changed since the pass before waits for the next one.
 * @throws OperatorError `intake.bad-folder`; whatever is no fault of a file, such as a lost database: the file it happened to waits in
 *   `work/` for the next pass.
 */
export async function takeInFolder(session: Session, folder: string, memory: FolderMemory): Promise<readonly TakenFile[]> {
  try {
    return await takeInAll(session, folder, memory);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? badFolder(folder, error) : error;
  }
}

/** Whether a pass would take anything in. A look like that of a pass: the first one only remembers. No folder has nothing in it. */
export async function hasFilesToTake(folder: string, memory: FolderMemory): Promise<boolean> {
  try {
    const settled = await settledFiles(folder, memory);
    return (await hasLeftovers(join(folder, 'work'), memory)) || settled.length > 0;
  } catch (error) {
    // What keeps the folder from being read is told by the pass.
    return !isMissing(error);
  }
}

/** Some minutes of looks: by then whoever began a file is through with it, or dead. */
const LEFT_LYING = 15;

async function hasLeftovers(work: string, { leftovers }: FolderMemory): Promise<boolean> {
  const names = await readdir(work).catch(() => []);
  const looks = names.map((name) => [name, (leftovers.get(name) ?? 0) + 1] as const);
  leftovers.clear();
  for (const [name, count] of looks) leftovers.set(name, count);
  return looks.some(([, count]) => count > LEFT_LYING);
}

async function takeInAll(session: Session, folder: string, memory: FolderMemory): Promise<readonly TakenFile[]> {
  const work = join(folder, 'work');
  // A name mistyped must not become a folder that nobody drops anything into.
  await readdir(folder);
  for (const name of ['work', 'done', 'rejected']) await mkdir(join(folder, name), { recursive: true });
  for (const name of await settledFiles(folder, memory)) await claim(join(folder, name), work, name);
  const taken: TakenFile[] = [];
  for (const name of await inImportOrder(work)) {
    const file = await takeOne(session, folder, name);
    if (file !== null) taken.push(file);
  }
  return taken;
}

/** What programs call a file they are still writing. */
const UNFINISHED = /^[.~]|~$|\.(?:tmp|temp|part|partial|filepart|crdownload|download|swp|lock)$/i;

/** Plain files that are as they were in the pass before. */
async function settledFiles(folder: string, memory: FolderMemory): Promise<readonly string[]> {
  const settled: string[] = [];
  const seen = new Map<string, string>();
  for (const name of (await readdir(folder)).toSorted()) {
    if (UNFINISHED.test(name)) continue;
    const about = await lstat(join(folder, name)).catch(() => null);
    if (about?.isFile() !== true) continue;
    const look = `${about.ino} ${about.size} ${about.mtimeMs}`;
    if (memory.sizes.get(name) === look) settled.push(name);
    seen.set(name, look);
  }
  memory.sizes.clear();
  for (const [name, look] of seen) memory.sizes.set(name, look);
  return settled;
}

/** Another watcher may be faster; then the file is not there any more. */
async function claim(path: string, work: string, name: string): Promise<void> {
  await moveInto(path, work, name).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

/** Customers before their invoices, invoices before what settles them; what nothing reads comes last and is rejected. */
async function inImportOrder(work: string): Promise<readonly string[]> {
  const files = await Promise.all(
    (await readdir(work)).toSorted().map(async (name) => {
      const place = await chooseMapping({ path: join(work, name) }).then(
        ({ kind }) => ORDER.indexOf(kind),
        () => ORDER.length,
      );
      return { name, place };
    }),
  );
  return files.toSorted((a, b) => a.place - b.place).map(({ name }) => name);
}

const ORDER: readonly RecordKind[] = [
  'exchange-rates',
  'days-off',
  'customers',
  'contacts',
  'suppressions',
  'invoices',
  'credit-notes',
  'payments',
  'cheques',
];

/** @returns `null` when another watcher has finished it meanwhile. */
async function takeOne(session: Session, folder: string, name: string): Promise<TakenFile | null> {
  const path = join(folder, 'work', name);
  const result = await importResult(session, path);
  if (result === null) return null;
  try {
    const stored = await moveInto(path, join(folder, result.kind), name);
    await writeReport(`${stored}.report.json`, name, result);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  return { file: name, result };
}

async function importResult(session: Session, path: string): Promise<TakenFile['result'] | null> {
  try {
    return { kind: 'done', outcome: await importLedger(session, { path }) };
  } catch (error) {
    if (!(error instanceof OperatorError) || !isFaultOfFile(error)) throw error;
    return error.code === 'import.not-found' ? null : { kind: 'rejected', error };
  }
}

/** Everything about the file or its content begins so; a lost connection or a missing permission is none of its faults. */
const isFaultOfFile = (error: OperatorError): boolean => error.code.startsWith('import.');

/** Under its own name, or with a number when there is one of that name already. @returns the new path. */
async function moveInto(path: string, folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let copy = 1; ; copy += 1) {
    const target = join(folder, copy === 1 ? name : `${stem}-${copy}${ext}`);
    try {
      // Takes the name, or fails when it is taken: rename alone would replace what is there.
      await (await open(target, 'wx')).close();
    } catch (error) {
      if (isTaken(error)) continue;
      throw error;
    }
    try {
      await rename(path, target);
      return target;
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  }
}

/** Written whole under another name first, so that nobody reads half of it. */
async function writeReport(path: string, file: string, result: TakenFile['result']): Promise<void> {
  const report = result.kind === 'done' ? doneReport(result.outcome) : rejectedReport(result.error);
  const draft = `${path}.tmp`;
  await writeFile(draft, `${JSON.stringify({ wafa: 1, file, result: result.kind, ...report }, null, 2)}\n`);
  await rename(draft, path);
}

const doneReport = (outcome: ImportOutcome) => ({
  import: {
    id: outcome.batchId,
    outcome: outcome.kind,
    mapping: outcome.mapping,
    kind: outcome.recordKind,
    rows: outcome.file.rows,
    sha256: outcome.file.sha256,
    asOf: outcome.ledgerOn.toString(),
    ...outcome.counts,
  },
  warnings: outcome.warnings,
});

const rejectedReport = (error: OperatorError) => ({
  error: { code: error.code, message: error.message, tryThis: error.tryThis },
  ...(error instanceof ImportRefused ? { faultCount: error.faultCount, faults: error.faults } : {}),
});

const badFolder = (folder: string, cause: unknown): OperatorError =>
  new OperatorError({
    code: 'intake.bad-folder',
    kind: 'usage',
    message: `${safeText(JSON.stringify(folder.slice(0, 300)))} cannot be used as a folder for ledger files (${String(codeOf(cause))}).`,
    tryThis: 'Name a folder that exists and in which this user may read, write and rename.',
    cause,
  });

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';
const isTaken = (error: unknown): boolean => codeOf(error) === 'EEXIST';
