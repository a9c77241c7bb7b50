/**
 * The outcome journal: a file beside this process that says, durably and before the database can, which mails it began to hand over and
 * what became of them. A sender that dies between the relay's answer and the database's leaves its knowledge here for the next one to
 * replay. Numbers and outcome classes only: no names, no addresses, no reply texts.
 */
import { constants, mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AttemptId, CompanyId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { SendOutcome } from '../../mail/transport.ts';
import { journalOwner, thisProcess, type JournalOwner } from './journal-owner.ts';

export interface JournalEntry {
  readonly companyId: CompanyId;
  readonly attemptId: AttemptId;
}

export interface OutcomeJournal {
  /** Resolves once it is on the disk: only then may a byte leave. @throws OperatorError `journal.unwritable` */
  begin(entry: JournalEntry): Promise<void>;
  /** Resolves once it is on the disk, or known not to get there; the database is told in any case. */
  end(entry: JournalEntry, outcome: SendOutcome): Promise<void>;
  /** The database knows the outcome: the journal need not keep it. */
  settled(entry: JournalEntry): void;
  /** Removes the file when the database knows everything in it, else leaves it to be replayed. */
  close(): Promise<void>;
}

const ended = z.object({
  end: z.int().positive(),
  company: z.int().positive(),
  outcome: z.enum(['ACCEPTED', 'TEMPORARY', 'REFUSED', 'UNCERTAIN', 'NOT_SENT']),
  handedOver: z.boolean(),
  code: z.int().nullable(),
  suppress: z.boolean(),
});

export const journalLine = z.union([
  z.object({ journal: z.literal(1), owner: journalOwner }),
  z.object({ begin: z.int().positive(), company: z.int().positive() }),
  ended,
]);

export type EndedLine = z.output<typeof ended>;

export const journalFolder = (home: string): string => join(home, 'journal');

/** Beyond this a journal in which nothing is open is started anew, so that a daemon's does not grow for months. */
const START_ANEW_BYTES = 1_000_000;

/** @throws OperatorError `journal.unwritable`: without it a sender could not keep what it promises, so it sends nothing. */
export async function openJournal(home: string, instance: string): Promise<OutcomeJournal> {
  const path = join(journalFolder(home), `${instance}.jsonl`);
  const head = { journal: 1, owner: thisProcess(instance) } satisfies { journal: 1; owner: JournalOwner };
  const file = await createFile(journalFolder(home), path).catch((cause: unknown) => Promise.reject(unwritable(path, cause)));
  const append = appender(file, path);
  await append([head]);
  const unsettled = new Set<number>();
  let isWhole = true;
  return {
    begin: async ({ attemptId, companyId }) => {
      if (!isWhole) throw unwritable(path, new Error('an outcome could not be written'));
      unsettled.add(attemptId);
      await append([{ begin: attemptId, company: companyId }]);
    },
    end: async ({ attemptId, companyId }, outcome) => {
      const { kind, isBodyHandedOver, replyCode } = outcome;
      const suppress = outcome.kind === 'REFUSED' && outcome.suppressAddress;
      const line: EndedLine = {
        end: attemptId,
        company: companyId,
        outcome: kind,
        handedOver: isBodyHandedOver,
        code: replyCode,
        suppress,
      };
      // Without this line the database still learns it from us; but no further mail is begun without evidence.
      await append([line]).catch(() => (isWhole = false));
    },
    settled: ({ attemptId }) => {
      unsettled.delete(attemptId);
      if (unsettled.size === 0 && append.bytes() > START_ANEW_BYTES) void append([head], true).catch(() => (isWhole = false));
    },
    close: async () => {
      await append([]).catch(() => undefined);
      await file.close();
      if (unsettled.size === 0) await unlink(path).catch(() => undefined);
    },
  };
}

const APPEND_NEW = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL;

/**
 * With this each write returns when it is on the disk, as a sync after it would say, in one call to the system instead of two. `undefined`
 * where a system has no such promise to give.
 */
const WRITES_ARE_SYNCED: number | undefined = constants.O_DSYNC;

/** Named by a fresh id, so it is never there yet. The folder's entry is made durable too. */
async function createFile(folder: string, path: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(path, APPEND_NEW | (WRITES_ARE_SYNCED ?? 0), 0o600);
  await using entry = await open(folder, 'r');
  await entry.sync();
  return file;
}

interface Waiting {
  readonly text: string;
  readonly startsAnew: boolean;
  readonly settle: (error?: unknown) => void;
}

/** Writes lines in groups: whoever comes while the disk is busy shares the next write and the next sync. */
function appender(file: FileHandle, path: string) {
  let waiting: Waiting[] = [];
  let isWriting = false;
  let bytes = 0;
  const write = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const text = group.map((one) => one.text).join('');
      // Only asked for when nothing is open; a line that came since stands behind it and is kept.
      const startsAnew = group.length === 1 && group[0]?.startsAnew === true;
      try {
        if (startsAnew) await file.truncate(0);
        if (text !== '') await file.appendFile(text);
        if (startsAnew || WRITES_ARE_SYNCED === undefined) await file.datasync();
        bytes = (startsAnew ? 0 : bytes) + text.length;
        for (const { settle } of group) settle();
      } catch (error) {
        for (const { settle } of group) settle(unwritable(path, error));
      }
    }
    isWriting = false;
  };
  const append = (lines: readonly object[], startsAnew = false): Promise<void> =>
    new Promise((resolve, reject) => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      waiting.push({ text, startsAnew, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      if (!isWriting) void write();
    });
  return Object.assign(append, { bytes: () => bytes });
}

const unwritable = (path: string, cause: unknown): OperatorError =>
  new OperatorError({
    code: 'journal.unwritable',
    message: `The outcome journal ${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}), so nothing is sent.`,
    tryThis: 'Make room on the disk, or make the folder writable for this user; then send again.',
    cause,
  });
