/**
 * Sends what is approved and may leave, until nothing is due or sending is stopped: what a person orders with `send`. What a sender that
 * died left behind is cleared up first.
 */
import { act } from './act.ts';
import { openDispatcher, type Dispatcher } from './dispatch/dispatcher.ts';
import { dispatchPass, type PassTally } from './dispatch/pass.ts';
import { replayJournals } from './dispatch/replay-journals.ts';
import { NOTHING_REQUESTED, sendRequested, type RequestedReport } from './requested/send-requested.ts';
import type { Session } from './session.ts';
import { sweepLeases } from './sweep-leases.ts';
import type { Instant } from '../domain/days.ts';
import type { MailTransport } from '../mail/transport.ts';
import { endUndoWindows, waitingToLeave } from '../store/sql/dispatch/claim-due.ts';

export interface SendOptions {
  readonly transport: MailTransport;
  /** A person orders it now: approved mail still in its undo window goes too. */
  readonly endsUndoWindows: boolean;
  readonly signal?: AbortSignal;
}

export interface SendReport {
  readonly sent: number;
  readonly uncertain: number;
  readonly rejected: number;
  readonly failed: number;
  /** Approved and still waiting: for the window, the interval, a retry. */
  readonly deferred: number;
  readonly needsReview: number;
  readonly cancelled: number;
  readonly nextAt: Instant | null;
  readonly stoppedWhy: string | null;
  /** What customers asked for, sent after the reminders; nothing when those were stopped. */
  readonly requested: RequestedReport;
}

/** @throws OperatorError `journal.unwritable` */
export async function sendDue(session: Session, { transport, endsUndoWindows, signal }: SendOptions): Promise<SendReport> {
  await replayJournals(session);
  await sweepLeases(session);
  if (endsUndoWindows) await orderNow(session);
  const dispatcher = await openDispatcher(session.installation, transport);
  try {
    const tally = await passWith(session, dispatcher, signal);
    const requested = tally.stoppedWhy === null ? await sendRequested(session, { dispatcher, signal }) : NOTHING_REQUESTED;
    return await report(session, tally, requested);
  } finally {
    await dispatcher.close();
  }
}

/** Told to stop, a pass claims nothing more and lets mails under way finish; only one that takes longer than this is cut off. */
const FINISH_WITHIN_MS = 30_000;

/** How long a person waits for a database that is away before the journal has to keep the outcomes. */
const PATIENCE_MS = 60_000;

async function passWith(session: Session, dispatcher: Dispatcher, signal: AbortSignal | undefined): Promise<PassTally> {
  const cutOff = new AbortController();
  const patience = new AbortController();
  const cutLater = (): void => void setTimeout(() => cutOff.abort(), FINISH_WITHIN_MS).unref();
  signal?.addEventListener('abort', cutLater, { once: true });
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await dispatchPass(session, dispatcher, { signal, cutOff: cutOff.signal, patience: patience.signal });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cutLater);
  }
}

async function report(session: Session, tally: PassTally, requested: RequestedReport): Promise<SendReport> {
  const { waiting, nextAt } = await act(session, 'send', ({ tx }) => waitingToLeave(tx), { isReadOnly: true });
  const of = (key: Parameters<PassTally['of']['get']>[0]): number => tally.of.get(key) ?? 0;
  return {
    sent: of('SENT'),
    uncertain: of('UNCERTAIN'),
    rejected: of('REJECTED'),
    failed: of('FAILED'),
    deferred: waiting,
    needsReview: of('needsReview'),
    cancelled: of('cancelled'),
    nextAt,
    stoppedWhy: tally.stoppedWhy,
    requested,
  };
}

/** `send` typed by a person is the order to let approved mail go; a daemon waits for the undo window. */
const orderNow = (session: Session): Promise<void> =>
  act(session, 'send', async ({ tx, now, record }) => {
    const ended = await endUndoWindows(tx, now);
    if (ended > 0) record({ objectKind: 'verb', objectId: null, reason: 'undo windows ended', detail: { reminders: ended } });
  });
