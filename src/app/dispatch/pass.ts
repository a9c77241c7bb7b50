/**
 * One dispatch pass over one company: claims what is due, takes it through the gate in batches, hands it to the transport and records
 * what became of it. While one batch is sent the next is already at its gate. Any number of passes may run at once, on any number of
 * machines.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { act } from '../act.ts';
import { refuseUnverifiedSender } from '../configuration/verified-sender.ts';
import { passGate, type GateResult, type ReadyToSend } from '../gate.ts';
import type { Sender } from '../gate-verdicts.ts';
import { giveBackUnsent } from '../give-back-unsent.ts';
import type { Attempted, Recorded } from '../record-outcome.ts';
import type { Session } from '../session.ts';
import { CommitUnknownError } from '../../store/connection/with-company.ts';
import { claimDue, type ClaimedReminder } from '../../store/sql/dispatch/claim-due.ts';
import { deliver, type Delivery } from './deliver.ts';
import type { Dispatcher } from './dispatcher.ts';
import { keepLeases, LEASE_SECONDS } from './lease-keeper.ts';
import { openRecorder } from './outcome-recorder.ts';
import { closeRelease, roomToClaim, type Room } from './room.ts';

export interface PassOptions {
  /** Claims nothing more once aborted, and lets mails under way finish. */
  readonly signal?: AbortSignal | undefined;
  /** Ends mails under way. */
  readonly cutOff: AbortSignal;
  /** Ends the wait for a database that is away. */
  readonly patience: AbortSignal;
  /** How long it may go on claiming, so that a company with much to send does not keep the others waiting. */
  readonly forMs?: number;
}

export interface PassTally {
  readonly of: ReadonlyMap<Recorded | 'needsReview' | 'cancelled' | 'turnedBack', number>;
  /** Why sending stopped before everything due was asked about. */
  readonly stoppedWhy: string | null;
  /** Time was up while there was more to claim. */
  readonly hasMore: boolean;
}

export async function dispatchPass(session: Session, dispatcher: Dispatcher, options: PassOptions): Promise<PassTally> {
  const { signal, cutOff, patience, forMs = Infinity } = options;
  const leases = keepLeases(session, dispatcher.sender.instance);
  const recorder = openRecorder(session, dispatcher, patience);
  const delivery: Delivery<Attempted, Recorded> = { companyId: session.companyId, dispatcher, leases, recorder, signal, cutOff };
  const tally = new Map<Recorded | 'needsReview' | 'cancelled' | 'turnedBack', number>();
  const count = (key: Recorded | 'needsReview' | 'cancelled' | 'turnedBack', by: number): void => {
    tally.set(key, (tally.get(key) ?? 0) + by);
  };
  const endsMs = performance.now() + forMs;
  const pace = new Pace(dispatcher.transport.slots);
  let recorded: Promise<readonly Recorded[]> = Promise.resolve([]);
  /** Waits until the database knows what became of the batch before. */
  const countRecorded = async (): Promise<void> => {
    for (const status of await recorded) count(status, 1);
    recorded = Promise.resolve([]);
  };
  let stoppedWhy: string | null = null;
  let isDrained = false;
  const mayClaim = (): boolean => stoppedWhy === null && signal?.aborted !== true && leases.isHeld() && performance.now() < endsMs;
  const gateNext = (): Promise<Next> | null => (mayClaim() ? nextBatch(session, dispatcher, pace.batchSize) : null);
  try {
    let next = gateNext();
    while (next !== null) {
      const batch = await next;
      if (batch === 'drained') {
        isDrained = true;
        break;
      }
      if ('kind' in batch) {
        const isWorthWaiting = batch.kind === 'wait' && batch.waitMs <= LONGEST_WAIT_MS;
        if (batch.kind === 'stop') stoppedWhy = batch.why;
        if (!isWorthWaiting) break;
        await pause(batch.waitMs, undefined, { signal }).catch(() => undefined);
        next = gateNext();
        continue;
      }
      stoppedWhy ??= batch.gate.stoppedWhy;
      count('needsReview', batch.gate.needsReview);
      count('cancelled', batch.gate.cancelled);
      count('turnedBack', batch.gate.waiting);
      next = pace.isQuick ? gateNext() : null;
      const begunMs = performance.now();
      const delivered = await deliver(delivery, batch.gate.ready, batch.gatedMs);
      const { begun, unsent, stopsPass } = delivered;
      pace.noteBatch(begun, performance.now() - begunMs);
      // While one batch is written down the next is sent; a third waits, so that what is not yet in the database stays within two.
      await countRecorded();
      recorded = delivered.recorded;
      stoppedWhy ??= stopsPass;
      await giveBack(session, unsent, dispatcher.sender);
      // Once more would go the same way: this machine is too busy to send at all.
      if (begun === 0 && unsent.length > 0 && mayClaim()) stoppedWhy = 'no mail could be begun while its gate held';
      if (next === null) {
        // What became of these mails may say that no more may go, or that a server works again.
        await countRecorded();
        next = gateNext();
      }
    }
    await countRecorded();
  } finally {
    // Also when a gate failed: what was handed over keeps its lease until it is written down.
    await recorded.catch(() => undefined);
    leases.stop();
  }
  return { of: tally, stoppedWhy, hasMore: !isDrained && stoppedWhy === null };
}

interface GatedBatch {
  readonly gate: GateResult;
  readonly gatedMs: number;
}

/** A batch past its gate, nothing due, or no room for a while. */
type Next = GatedBatch | 'drained' | Exclude<Room, { kind: 'room' }>;

/** When the answer to the gate's commit was lost nothing has been sent yet, so what it wrote is taken back. */
async function nextBatch(session: Session, { sender }: Dispatcher, size: number): Promise<Next> {
  const claimed = await claim(session, sender, size);
  if ('kind' in claimed) return claimed;
  if (claimed.length === 0) return 'drained';
  const gatedMs = performance.now();
  try {
    return { gate: await act(session, 'send', (context) => passGate(context, claimed, sender)), gatedMs };
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) throw error;
    await giveBackUnsent(session, claimed, 'commit unknown, nothing sent', sender);
    return {
      gate: { ready: [], waiting: 0, needsReview: 0, cancelled: 0, stoppedWhy: 'the connection to the database was lost' },
      gatedMs,
    };
  }
}

const claim = (session: Session, sender: Sender, size: number): Promise<readonly ClaimedReminder[] | Exclude<Room, { kind: 'room' }>> =>
  act(session, 'send', async (context) => {
    const { tx, now, company, record } = context;
    refuseUnverifiedSender(session.installation, company.mailFromAddress);
    const room = await roomToClaim(context, sender, size);
    if (room.kind !== 'room') return room;
    const claimed = await claimDue(tx, { holder: sender.instance, businessNow: now, limit: room.mails, leaseSeconds: LEASE_SECONDS });
    if (claimed.length === 0) await closeRelease(context);
    const detail = { sender: sender.instance, reminders: claimed.map(({ id }) => id), fences: claimed.map(({ fence }) => fence) };
    if (claimed.length > 0) record({ objectKind: 'verb', objectId: null, toState: 'LEASED', reason: 'claimed', detail });
    return claimed;
  });

/** Longer waits are left to the next pass. */
const LONGEST_WAIT_MS = 5_000;

async function giveBack(session: Session, unsent: readonly Pick<ReadyToSend, 'attempted'>[], sender: Sender): Promise<void> {
  if (unsent.length === 0) return;
  const held = unsent.map(({ attempted: { reminderId: id, fence } }) => ({ id, fence }));
  await giveBackUnsent(session, held, 'not begun, nothing sent', sender);
}

/**
 * How many mails go through one gate: as many as leave in about a second, so that a near relay is not slowed by a transaction per handful and
 * nobody waits behind its gate for a slow one. With the next batch at its gate meanwhile, a mail is begun some two seconds after it: half of
 * what a gate holds. Smaller batches make a busy machine busier, because each costs some forty statements whatever its size.
 */
class Pace {
  readonly #slots: number;
  #size: number;
  #lastMs = Infinity;

  constructor(slots: number) {
    this.#slots = slots;
    this.#size = slots;
  }

  get batchSize(): number {
    return this.#size;
  }

  /** The next batch may pass its gate while this one is sent: it will be begun long before that gate is too old. */
  get isQuick(): boolean {
    return this.#lastMs < 1_500;
  }

  noteBatch(sent: number, tookMs: number): void {
    this.#lastMs = tookMs;
    if (sent === 0) return;
    const inASecond = Math.round((sent / Math.max(1, tookMs)) * 1_000);
    // Twice as many at most: one lucky batch is no measurement.
    this.#size = Math.max(this.#slots, Math.min(MOST_IN_A_BATCH, inASecond, this.#size * 2));
  }
}

/** Beyond this a gate holds its accounts for longer than it saves. */
const MOST_IN_A_BATCH = 128;
