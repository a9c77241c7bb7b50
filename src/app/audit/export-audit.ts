/**
 * Hands the audit chain out as a file of JSON lines that anybody can check with a program of their own. `event` is spelled exactly
 * as it was hashed: `{"event":{…},"previousHash":"…","hash":"…"}`.
 */
import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { act, type Act } from '../act.ts';
import { beginningOf } from './list-audit.ts';
import { hashedMembers, storedText } from './stored-event.ts';
import type { Session } from '../session.ts';
import type { Day } from '../../domain/days.ts';
import type { CompanyId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { chainEnds, chainPages, firstEventSince, type StoredAuditEvent } from '../../store/sql/audit-chain-rows.ts';

export interface ExportRequest {
  /** From the first event of this day in the company's zone, by database time; without it, all. */
  readonly sinceOn?: Day | undefined;
  readonly output: string;
}

export interface ExportedAudit {
  readonly file: string;
  readonly events: number;
  /** Null when there was nothing to hand out; the file is then empty. */
  readonly firstId: number | null;
  readonly lastId: number | null;
}

/** The file appears whole or not at all. Handing it out is an event of its own. @throws OperatorError `audit.export-*` */
export async function exportAudit(session: Session, { sinceOn, output }: ExportRequest): Promise<ExportedAudit> {
  const target = resolve(output);
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  const exported = await act(session, 'audit', async (context) => {
    await refuseExisting(target);
    const written = await writeDraft(draft, target, context, sinceOn);
    const { firstId, lastId, events } = written;
    context.record({ objectKind: 'verb', objectId: null, reason: 'exported', detail: { events, firstId, lastId } });
    return written;
  }).catch(async (error: unknown) => {
    await rm(draft, { force: true });
    throw error;
  });
  await rename(draft, target);
  return { file: target, ...exported };
}

async function writeDraft(draft: string, target: string, context: Act, sinceOn: Day | undefined): Promise<Omit<ExportedAudit, 'file'>> {
  await using file = await open(draft, 'wx', 0o600).catch((error: unknown) => {
    throw cannotWrite(target, error);
  });
  const written = await writeEvents(file, context, sinceOn);
  await file.sync();
  return written;
}

async function writeEvents(file: FileHandle, context: Act, sinceOn: Day | undefined): Promise<Omit<ExportedAudit, 'file'>> {
  const { tx } = context;
  const { lastLoggedId } = await chainEnds(tx);
  const first = sinceOn === undefined ? '1' : await firstEventSince(tx, beginningOf(sinceOn, context));
  let [events, firstId, lastId]: [number, number | null, number | null] = [0, null, null];
  if (first === null || lastLoggedId === null) return { events, firstId, lastId };
  for await (const page of chainPages(tx, String(BigInt(first) - 1n), lastLoggedId)) {
    await file.write(page.map((event) => exportLine(tx.companyId, event)).join(''));
    firstId ??= Number(page[0]?.id);
    lastId = Number(page.at(-1)?.id);
    events += page.length;
  }
  return { events, firstId, lastId };
}

/** An event that cannot be hashed any more is handed out as it is; whoever checks will find it. */
function exportLine(companyId: CompanyId, event: StoredAuditEvent): string {
  const text = storedText(companyId, event) ?? JSON.stringify(hashedMembers(companyId, event, Number(event.id)));
  return `{"event":${text},"previousHash":${JSON.stringify(event.previousHash)},"hash":${JSON.stringify(event.hash)}}\n`;
}

async function refuseExisting(target: string): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return;
  throw new OperatorError({
    code: 'audit.export-exists',
    kind: 'usage',
    message: `There is a file ${basename(target)} already; it was left as it is.`,
    tryThis: 'Name another file with --output FILE.',
    at: { file: target },
  });
}

const cannotWrite = (target: string, cause: unknown): OperatorError =>
  new OperatorError({
    code: 'audit.export-cannot-write',
    message: `The folder of the export cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown fault'}).`,
    tryThis: 'Name a file in a folder of yours with --output FILE.',
    at: { file: target },
    cause,
  });
