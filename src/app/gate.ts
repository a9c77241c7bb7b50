/**
 * The gate: the point of no return. In one transaction the accounts, addresses, reminders and documents are locked in that order,
 * everything that could forbid the mail is asked again, and the attempt is written. Only after that transaction has committed may a
 * byte go out; whoever dies afterwards leaves a reminder that is looked at by a person and never sent again by itself.
 */
import type { Act } from './act.ts';
import { takeRoom } from './dispatch/room.ts';
import { verdictsAtGate, type ReadyMail, type Sender } from './gate-verdicts.ts';
import { countFromNow } from './inbox/mailbox-standing.ts';
import type { Attempted } from './record-outcome.ts';
import { needsReview } from './review-approved.ts';
import { transitionAll, type FencedTransition } from './transition.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { addDays, laterInstant, type Day, type Instant } from '../domain/days.ts';
import type { GateVerdict } from '../domain/gate.ts';
import type { ComposedMessage } from '../mail/compose-message.ts';
import type { AttemptId } from '../domain/ids.ts';
import type { PlanningContext, PlanningDay } from '../domain/planning-day.ts';
import { holdAccounts } from '../store/sql/account-lock.ts';
import { databaseNow } from '../store/sql/database-now.ts';
import { insertAttempts } from '../store/sql/dispatch/attempts.ts';
import type { ClaimedReminder } from '../store/sql/dispatch/claim-due.ts';
import { holdAddresses, holdDocumentsOf, stillHeld } from '../store/sql/dispatch/gate-locks.ts';
import { lockReminders, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface ReadyToSend {
  readonly attempted: Attempted;
  /** Composed before the attempt was written, so that a mail that cannot be composed is never half-way out. */
  readonly message: ComposedMessage;
}

export interface GateResult {
  readonly ready: readonly ReadyToSend[];
  readonly waiting: number;
  readonly needsReview: number;
  readonly cancelled: number;
  /** Why sending as a whole is stopped; the pass ends. */
  readonly stoppedWhy: string | null;
}

export async function passGate(context: Act, claimed: readonly ClaimedReminder[], sender: Sender): Promise<GateResult> {
  const fences = new Map(claimed.map(({ id, fence }) => [id, fence]));
  const rows = await lockForGate(context, claimed, sender);
  await countFromNow(context);
  const { verdicts, stoppedWhy } = await verdictsAtGate(context, rows, sender);
  const passed: Passed[] = [];
  const counts = { wait: 0, review: 0, cancel: 0 };
  const turnedBack: FencedTransition[] = [];
  for (const { row, day, verdict } of verdicts) {
    const fence = fences.get(row.id) as number;
    if (verdict.kind === 'pass') {
      passed.push({ ...verdict.ready, fence, day });
    } else {
      counts[verdict.kind] += 1;
      turnedBack.push(turnBack(context, row, fence, verdict, day));
    }
  }
  const rooms = await takeRoom(
    context,
    sender,
    passed.map(({ message }) => ({ domain: message.envelope.to.split('@').at(-1) ?? '' })),
  );
  for (const [index, { mail, fence, day }] of passed.entries()) {
    const noRoom = rooms[index];
    if (noRoom) turnedBack.push(turnBack(context, mail.row, fence, { kind: 'wait', ...noRoom }, day));
  }
  counts.wait += rooms.filter((noRoom) => noRoom !== null).length;
  await transitionAll(context, turnedBack);
  const going = passed.filter((_, index) => rooms[index] === null);
  const ready = await startAttempts(context, going, sender);
  return { ready, waiting: counts.wait, needsReview: counts.review, cancelled: counts.cancel, stoppedWhy };
}

/** Accounts, addresses, reminders, documents: everybody locks in this order. Rows whose lease was lost are not among those returned. */
async function lockForGate({ tx }: Act, claimed: readonly ClaimedReminder[], sender: Sender): Promise<readonly ReminderRow[]> {
  const ids = claimed.map(({ id }) => id);
  const accounts = new Set(claimed.map(({ customerId }) => customerId));
  const addresses = new Set(claimed.map(({ recipientAddress }) => recipientAddress));
  await holdAccounts(tx, [...accounts]);
  await holdAddresses(tx, [...addresses]);
  const rows = await lockReminders(tx, ids);
  const held = new Set((await stillHeld(tx, sender.instance, claimed)).map(({ id }) => id));
  await holdDocumentsOf(tx, ids);
  // Nothing moves a leased reminder to another account or address; one that was moved all the same has not been locked.
  return rows.filter((row) => held.has(row.id) && accounts.has(row.customerId) && addresses.has(row.recipientAddress));
}

interface Passed extends ReadyMail {
  readonly fence: number;
  readonly day: PlanningDay;
}

/** Not now: waits as approved, goes back to a person, or ends. The lease is given up in every case. */
function turnBack(
  context: Act,
  row: ReminderRow,
  fence: number,
  verdict: Exclude<GateVerdict, { kind: 'pass' }>,
  day: PlanningDay,
): FencedTransition {
  const move = { id: row.id, from: 'LEASED', guard: { fence } } as const;
  switch (verdict.kind) {
    case 'cancel': {
      const change = { ...RELEASED, statusReason: 'nothing left to ask', reviewChanges: verdict.changes };
      return { ...move, to: 'CANCELLED', change, reason: 'nothing-left' };
    }
    case 'review':
      return { ...move, to: 'NEEDS_REVIEW', change: needsReview(verdict.changes), reason: 'facts-moved' };
    case 'wait': {
      const claimableAt = laterInstant(waitUntil(verdict.until, day), context.now);
      return { ...move, to: 'QUEUED', change: { ...RELEASED, claimableAt, statusReason: verdict.why }, reason: verdict.why };
    }
  }
}

const RELEASED = { leaseUntil: null, leaseHolder: null } as const;

/** A day means its first open moment. Without an end the next pass asks again in five minutes. */
function waitUntil(until: Day | Instant | null, { calendar, now }: PlanningContext): Instant {
  if (until === null) return now.add({ minutes: 5 });
  if (until instanceof Temporal.Instant) return until;
  const midnight = until.toZonedDateTime(calendar.timeZone).toInstant();
  const next = nextAllowed(calendar, midnight);
  return next.kind === 'open' ? next.at : next.kind === 'closed' ? next.until : midnight;
}

async function startAttempts(context: Act, passed: readonly Passed[], sender: Sender): Promise<readonly ReadyToSend[]> {
  if (passed.length === 0) return [];
  const startedAt = await databaseNow(context.tx);
  const attempts = await insertAttempts(
    context.tx,
    passed.map(({ mail: { row, hash, lines }, message, fence }) => ({
      reminderId: row.id,
      customerId: row.customerId,
      attemptNumber: row.attemptCount + 1,
      messageId: row.messageId,
      recipientAddress: message.envelope.to,
      transport: sender.transport,
      relay: sender.relay,
      fence,
      sender: sender.instance,
      startedAt,
      businessAt: context.now,
      digest: row.digest,
      renderHash: hash,
      invoiceCount: row.itemCount,
      consolidationSavings: Math.floor((100 * (row.itemCount - 1)) / row.itemCount),
      metadata: { level: row.escalationLevel, type: row.reminderType, rows: lines.length, language: row.language },
    })),
  );
  const moved = await transitionAll(
    context,
    passed.map(({ mail: { row, hash }, fence }) => ({
      id: row.id,
      from: 'LEASED',
      to: 'TRANSMITTING',
      guard: { fence },
      change: {
        contactedAt: context.now,
        attemptCount: row.attemptCount + 1,
        nextEligibleContactOn: addDays(context.today, row.contactInterval),
        statusReason: null,
      },
      reason: 'gate passed',
      detail: { attempt: row.attemptCount + 1, renderHash: hash },
    })),
  );
  return passed
    .filter(({ mail }) => moved.has(mail.row.id))
    .map(({ mail: { row }, message, fence }) => ({
      message,
      attempted: {
        attemptId: attempts.get(row.id) as AttemptId,
        attemptNumber: row.attemptCount + 1,
        reminderId: row.id,
        customerId: row.customerId,
        recipientAddress: message.envelope.to,
        fence,
        sentAt: context.now,
      },
    }));
}
