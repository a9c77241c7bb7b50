/**
 * What a pass over the approved reminders would do at this moment: which would go, which would not, and why. Asks what the gate asks, in a
 * transaction that cannot write; takes no lock and no room, opens no journal and speaks to no mail server.
 */
import { act, type Act } from './act.ts';
import { lookForRoom } from './dispatch/room.ts';
import { verdictsAtGate, type AtGate, type Sender } from './gate-verdicts.ts';
import type { Session } from './session.ts';
import type { Day, Instant } from '../domain/days.ts';
import type { EscalationLevel } from '../domain/vocabulary.ts';
import type { ReminderId } from '../domain/ids.ts';
import type { MailTransport } from '../mail/transport.ts';
import { approvedWaiting } from '../store/sql/dispatch/claim-due.ts';
import { remindersById, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface WouldBe {
  readonly id: ReminderId;
  readonly customerCode: string;
  readonly customerName: string;
  readonly level: EscalationLevel;
  readonly would: 'send' | 'wait' | 'review' | 'cancel';
  /** Codes or sentences; empty for what would go. */
  readonly why: readonly string[];
  readonly until: Day | Instant | null;
}

export interface DryRun {
  /** In the order they would be claimed. */
  readonly reminders: readonly WouldBe[];
  /** Why sending as a whole is stopped. */
  readonly stoppedWhy: string | null;
}

export interface DryRunOptions {
  /** Only asked for its name and limits. */
  readonly transport: MailTransport;
  readonly endsUndoWindows: boolean;
}

/** Judged together: as many as fit well into memory with their mails. */
const AT_ONCE = 200;

export const dryRun = (session: Session, { transport, endsUndoWindows }: DryRunOptions): Promise<DryRun> =>
  act(
    session,
    'send',
    async (context) => {
      const waiting = await approvedWaiting(context.tx, { businessNow: context.now, endsUndoWindows });
      // Nobody's lease will be written under this name.
      const sender: Sender = { instance: 'dry run', transport: transport.kind, relay: transport.label, limits: transport.limits };
      const due = waiting.filter(({ isDue }) => isDue).map(({ id }) => id);
      const { asked, stoppedWhy } = await askGate(context, due, sender);
      const later = new Map(waiting.filter(({ isDue }) => !isDue).map((one) => [one.id, one]));
      const rows = await remindersById(context.tx, [...later.keys()]);
      const notDue = rows.map((row): WouldBe => {
        const { until = null, statusReason = null } = later.get(row.id) ?? {};
        return { ...named(row), would: 'wait', why: [statusReason ?? 'not-due-yet'], until };
      });
      return { reminders: [...asked, ...notDue], stoppedWhy };
    },
    { isReadOnly: true },
  );

interface Asked {
  readonly asked: readonly WouldBe[];
  readonly stoppedWhy: string | null;
}

async function askGate(context: Act, ids: readonly ReminderId[], sender: Sender): Promise<Asked> {
  const found: Judged[] = [];
  const addressed = new Map<string, number>();
  let stopped: string | null = null;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const chunk = ids.slice(start, start + AT_ONCE);
    const rows = new Map((await remindersById(context.tx, chunk)).map((row) => [row.id, row]));
    const inOrder = chunk.map((id) => rows.get(id)).filter((row) => row !== undefined);
    const { verdicts, stoppedWhy } = await verdictsAtGate(context, inOrder, sender, addressed);
    found.push(...verdicts.map(judged));
    stopped = stoppedWhy;
  }
  const going = found.filter(({ domain }) => domain !== null);
  const rooms = await lookForRoom(
    context,
    sender,
    going.map(({ domain }) => ({ domain: domain ?? '' })),
  );
  const noRoom = new Map(going.map(({ would }, index) => [would.id, rooms[index] ?? null]));
  const asked = found.map(({ would }): WouldBe => {
    const none = noRoom.get(would.id);
    return none ? { ...would, would: 'wait', why: [none.why], until: none.until } : would;
  });
  return { asked, stoppedWhy: stopped };
}

/** Without its mail: thousands of them are not kept. */
interface Judged {
  readonly would: WouldBe;
  /** The recipient's, of what passed; `null` of what did not. */
  readonly domain: string | null;
}

function judged({ row, verdict }: AtGate): Judged {
  switch (verdict.kind) {
    case 'pass': {
      const domain = verdict.ready.message.envelope.to.split('@').at(-1) ?? '';
      return { would: { ...named(row), would: 'send', why: [], until: null }, domain };
    }
    case 'wait':
      return { would: { ...named(row), would: 'wait', why: [verdict.why], until: verdict.until }, domain: null };
    case 'review':
    case 'cancel':
      return { would: { ...named(row), would: verdict.kind, why: verdict.changes, until: null }, domain: null };
  }
}

const named = ({ id, customerCode, customerName, escalationLevel }: ReminderRow) => ({
  id,
  customerCode,
  customerName,
  level: escalationLevel,
});
