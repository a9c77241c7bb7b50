/**
 * The anchors of one company: a file outside the database that says which hash the chain had when, one line each, appended and
 * never changed. Every line carries the hash of the line before, so that changing one shows in the next. Losing lines at the
 * end does not show in the file itself: copies elsewhere are for that.
 */
import { hash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { CHAIN_BEGINNING, type AnchorMark } from '../../domain/audit-verification.ts';
import type { CompanyId } from '../../domain/ids.ts';
import { assert, OperatorError } from '../../domain/operator-error.ts';

/** Format of a line; a change of its members gets a new number. */
const FORMAT = 1;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const anchorLine = z.object({
  anchor: z.literal(FORMAT),
  companyId: z.int().positive(),
  companyCode: z.string(),
  lastId: z.int().nonnegative(),
  lastHash: digest,
  anchoredAt: z.string(),
  previousAnchorHash: digest,
  anchorHash: digest,
});

type AnchorLine = z.output<typeof anchorLine>;

export interface AnchorFile {
  readonly path: string;
  readonly marks: readonly AnchorMark[];
  /** Hash of the last line, which the next one carries. */
  readonly lastAnchorHash: string;
  /** Lines that are no anchors, such as one whose writing was cut short; they count for nothing. Counted from 1. */
  readonly unreadableLines: readonly number[];
  /** False when the last line was cut short. */
  readonly endsWithLineEnd: boolean;
}

export const anchorPath = (home: string, companyCode: string): string => join(home, 'anchors', `${companyCode}.jsonl`);

/** @throws OperatorError `audit.anchors-edited|anchors-of-another|anchors-unreadable` */
export async function readAnchors(path: string, companyId: CompanyId): Promise<AnchorFile> {
  const text = await contentOf(path);
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const marks: AnchorMark[] = [];
  const unreadableLines: number[] = [];
  let lastAnchorHash = CHAIN_BEGINNING.hash;
  for (const [index, source] of lines.entries()) {
    const line = parseLine(source);
    if (line === undefined) {
      unreadableLines.push(index + 1);
      continue;
    }
    if (line.previousAnchorHash !== lastAnchorHash || anchorHashOf(line) !== line.anchorHash) throw anchorsEdited(path, index + 1);
    if (line.companyId !== companyId) throw anchorsOfAnother(path, index + 1, line.companyCode);
    marks.push({ id: line.lastId, hash: line.lastHash, anchoredAt: line.anchoredAt });
    lastAnchorHash = line.anchorHash;
  }
  return { path, marks, lastAnchorHash, unreadableLines, endsWithLineEnd: text === '' || text.endsWith('\n') };
}

/** Appends one line and has it on disk when it returns. Whoever calls holds the lock of the company's chain, so that no two append at once. */
export async function appendAnchor(
  file: AnchorFile,
  company: { readonly id: CompanyId; readonly code: string },
  mark: AnchorMark,
): Promise<void> {
  const body = {
    anchor: FORMAT,
    companyId: company.id,
    companyCode: company.code,
    lastId: mark.id,
    lastHash: mark.hash,
    anchoredAt: mark.anchoredAt,
    previousAnchorHash: file.lastAnchorHash,
  } as const;
  const text = canonicalJson({ ...body, anchorHash: anchorHashOf(body) });
  // A line that was cut short gets its end first, so that it spoils none but itself.
  await appendDurably(file.path, Buffer.from(`${file.endsWithLineEnd ? '' : '\n'}${text}\n`));
}

const anchorHashOf = ({ anchorHash: _, ...body }: Omit<AnchorLine, 'anchorHash'> & { readonly anchorHash?: string }): string =>
  hash('sha256', `wafa anchor ${FORMAT}\n${canonicalJson(body)}`, 'hex');

function parseLine(source: string): AnchorLine | undefined {
  try {
    return anchorLine.safeParse(JSON.parse(source)).data;
  } catch {
    return undefined;
  }
}

/** A link could lead the file to where somebody else may write it. */
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

async function contentOf(path: string): Promise<string> {
  try {
    await using file = await open(path, O_RDONLY | O_NOFOLLOW);
    return await file.readFile('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw unusable(path, error);
  }
}

async function appendDurably(path: string, line: Buffer): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await using file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
    const { bytesWritten } = await file.write(line);
    assert(bytesWritten === line.length, 'an anchor was written in part');
    await file.datasync();
    await syncFolder(path, file);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** A new file is found again after a power cut only once its folder is on disk, too. */
async function syncFolder(path: string, file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const isNew = size < 1_024;
  if (!isNew) return;
  await using folder = await open(dirname(path), O_RDONLY);
  await folder.sync();
}

const RESTORE = 'Compare it with the copies you keep elsewhere, and find out who could write it.';

const anchorsEdited = (path: string, row: number): OperatorError =>
  new OperatorError({
    code: 'audit.anchors-edited',
    message: `The anchor file was edited: line ${row} does not follow on the line before, or does not give its own hash.`,
    tryThis: RESTORE,
    at: { file: path, row },
  });

const anchorsOfAnother = (path: string, row: number, code: string): OperatorError =>
  new OperatorError({
    code: 'audit.anchors-of-another',
    message: `Line ${row} of the anchor file is about another company, ${JSON.stringify(code.slice(0, 40))}, or the same code in another database.`,
    tryThis: 'Name the file that belongs to this company and database with --anchors FILE.',
    at: { file: path, row },
  });

const unusable = (path: string, cause: unknown): OperatorError =>
  new OperatorError({
    code: 'audit.anchors-unusable',
    message: `The anchor file cannot be read or written (${(cause as NodeJS.ErrnoException).code ?? 'unknown fault'}).`,
    tryThis: 'It must be a plain file of the user who runs wafa; name another one with --anchors FILE.',
    at: { file: path },
    cause,
  });
