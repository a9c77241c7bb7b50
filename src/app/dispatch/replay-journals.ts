/**
 * Tells the database what senders that died had written down: outcomes they knew, and mails they had never begun. Replaying twice, or
 * while somebody else does, changes nothing more: every move is guarded by its fence.
 */
import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { act } from '../act.ts';
import { giveBackUnsent } from '../give-back-unsent.ts';
import { recordOutcomes, type Attempted, type Outcome } from '../record-outcome.ts';
import type { Session } from '../session.ts';
import { attemptsById, openAttemptsOf } from '../../store/sql/dispatch/attempts.ts';
import { heldBy } from '../../store/sql/dispatch/claim-due.ts';
import { asId } from '../../domain/ids.ts';
import { lifeOf, type JournalOwner } from './journal-owner.ts';
import { NEVER_BEGUN, outcomeOf } from './journaled-outcome.ts';
import { journalFolder, journalLine, type EndedLine } from './outcome-journal.ts';
import { replayRequestedEnds, replayRequestedNeverBegun } from './replay-requested.ts';

export interface Replayed {
  readonly journals: number;
  readonly outcomes: number;
  readonly neverBegun: number;
}

interface Journal {
  readonly owner: JournalOwner;
  readonly begun: ReadonlySet<number>;
  readonly ended: readonly EndedLine[];
  /** Lines of other companies, which their own session replays. */
  readonly others: readonly string[];
  readonly head: string;
}

/** Replays what journals of this installation say about the session's company. */
export async function replayJournals(session: Session): Promise<Replayed> {
  const folder = journalFolder(session.installation.home);
  const total = { journals: 0, outcomes: 0, neverBegun: 0 };
  for (const name of await journalNames(folder)) {
    const path = join(folder, name);
    const journal = parse(await readFile(path, 'utf8').catch(() => ''), session.companyId);
    // A living sender records for itself; about one on another machine nothing is known here.
    if (journal === null || lifeOf(journal.owner) !== 'dead') continue;
    const outcomes = await replayEnded(session, journal);
    const neverBegun = await replayNeverBegun(session, journal);
    await forget(path, journal);
    total.journals += 1;
    total.outcomes += outcomes;
    total.neverBegun += neverBegun;
  }
  return total;
}

const journalNames = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl'));

/** `null` without a readable head. A last line that was cut short by the death says nothing and is passed over. */
function parse(text: string, companyId: number): Journal | null {
  const [head = '', ...rest] = text.split('\n').filter((line) => line !== '');
  const first = journalLine.safeParse(jsonOf(head)).data;
  if (first === undefined || !('journal' in first)) return null;
  const begun = new Set<number>();
  const ended: EndedLine[] = [];
  const others: string[] = [];
  for (const source of rest) {
    const line = journalLine.safeParse(jsonOf(source)).data;
    if (line === undefined || 'journal' in line) continue;
    if (line.company !== companyId) others.push(source);
    else if ('end' in line) ended.push(line);
    else begun.add(line.begin);
  }
  return { owner: first.owner, begun, ended, others, head };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function replayEnded(session: Session, { ended }: Journal): Promise<number> {
  if (ended.length === 0) return 0;
  const byId = new Map(ended.map((line) => [line.end, line]));
  const attempts = await act(
    session,
    'send',
    ({ tx }) =>
      attemptsById(
        tx,
        [...byId.keys()].map((id) => asId<'attempt'>(id)),
      ),
    {
      isReadOnly: true,
    },
  );
  const requested = await replayRequestedEnds(session, byId);
  const outcomes = attempts.map((attempted): Outcome => ({ attempted, outcome: outcomeOf(byId.get(attempted.attemptId) as EndedLine) }));
  for (let start = 0; start < outcomes.length; start += AT_ONCE)
    await recordOutcomes(session, outcomes.slice(start, start + AT_ONCE), Math.random);
  return outcomes.length + requested;
}

const AT_ONCE = 100;

/**
 * What passed its gate but is not in the journal was never begun: the line is on the disk before the first byte leaves. It goes back to
 * the queue, or, where the sweeper was faster, ends as not sent; what was only claimed is free again at once.
 */
async function replayNeverBegun(session: Session, { owner, begun }: Journal): Promise<number> {
  const { open, held } = await act(
    session,
    'send',
    async ({ tx }) => ({ open: await openAttemptsOf(tx, owner.instance), held: await heldBy(tx, owner.instance) }),
    { isReadOnly: true },
  );
  const unbegun = open.filter(({ attemptId }) => !begun.has(attemptId));
  const begunReminders = new Set(open.filter(({ attemptId }) => begun.has(attemptId)).map(({ reminderId }) => reminderId));
  const free = held.filter(({ id }) => !begunReminders.has(id));
  if (free.length > 0) await giveBackUnsent(session, free, 'journal: never begun, nothing sent');
  const stillOpen = unbegun.filter(({ reminderId }) => !free.some(({ id }) => id === reminderId));
  if (stillOpen.length > 0) await recordOutcomes(session, stillOpen.map(neverBegun), Math.random);
  return unbegun.length + (await replayRequestedNeverBegun(session, owner.instance, begun));
}

const neverBegun = (attempted: Attempted): Outcome => ({ attempted, outcome: NEVER_BEGUN });

/** Keeps what concerns other companies; the last one to be replayed removes the file. */
async function forget(path: string, { head, others }: Journal): Promise<void> {
  if (others.length === 0) return await unlink(path).catch(() => undefined);
  const temporary = `${path}.${randomUUID()}.part`;
  await writeFile(temporary, [head, ...others, ''].join('\n'), { mode: 0o600, flag: 'wx' });
  await rename(temporary, path);
}
