/**
 * The life of a reminder as data: which status may follow which, what caused it, and the plain words operators read. The one
 * place that knows; guards by version, fence and permission are the caller's. A move that is not listed does not exist:
 * above all, nothing leads from UNCERTAIN back to sending.
 */
import { type DeliveryStatus, LIVE_STATUSES } from './vocabulary.ts';

/** What causes a move; the audit's word for it. */
export type ReminderVerb =
  | 'approve'
  | 'recompose'
  | 'insist'
  | 'hold'
  | 'release'
  | 'cancel'
  | 'claim'
  | 'undo'
  | 'review'
  | 'transmit'
  | 'give-back'
  | 'send'
  | 'retry'
  | 'refuse'
  | 'lose-track'
  | 'give-up'
  | 'settle'
  | 'send-again'
  | 'deliver'
  | 'bounce'
  | 'complain';

export interface Transition {
  readonly from: DeliveryStatus;
  readonly to: DeliveryStatus;
  readonly verb: ReminderVerb;
}

const from = (status: DeliveryStatus, moves: readonly (readonly [DeliveryStatus, ReminderVerb])[]): readonly Transition[] =>
  moves.map(([to, verb]) => ({ from: status, to, verb }));

export const TRANSITIONS: readonly Transition[] = [
  ...from('PROPOSED', [
    ['QUEUED', 'approve'],
    ['HELD', 'hold'],
    ['CANCELLED', 'cancel'],
  ]),
  ...from('NEEDS_REVIEW', [
    ['PROPOSED', 'recompose'],
    ['QUEUED', 'insist'],
    ['HELD', 'hold'],
    ['CANCELLED', 'cancel'],
  ]),
  ...from('HELD', [
    ['PROPOSED', 'release'],
    ['CANCELLED', 'cancel'],
  ]),
  ...from('QUEUED', [
    ['LEASED', 'claim'],
    ['PROPOSED', 'undo'],
    ['HELD', 'hold'],
    ['NEEDS_REVIEW', 'review'],
    ['CANCELLED', 'cancel'],
  ]),
  ...from('LEASED', [
    ['TRANSMITTING', 'transmit'],
    ['QUEUED', 'give-back'],
    ['NEEDS_REVIEW', 'review'],
    ['CANCELLED', 'cancel'],
  ]),
  ...from('TRANSMITTING', [
    ['SENT', 'send'],
    ['QUEUED', 'retry'],
    ['REJECTED', 'refuse'],
    ['UNCERTAIN', 'lose-track'],
    ['FAILED', 'give-up'],
  ]),
  ...from('UNCERTAIN', [
    ['SENT', 'settle'],
    ['REJECTED', 'settle'],
    ['RESENT', 'send-again'],
  ]),
  ...from('SENT', [
    ['DELIVERED', 'deliver'],
    ['BOUNCED', 'bounce'],
    ['COMPLAINED', 'complain'],
  ]),
  ...from('DELIVERED', [
    ['BOUNCED', 'bounce'],
    ['COMPLAINED', 'complain'],
  ]),
];

const VERB_BY_MOVE = new Map(TRANSITIONS.map((move) => [`${move.from} ${move.to}`, move.verb]));

export const mayMove = (current: DeliveryStatus, next: DeliveryStatus): boolean => VERB_BY_MOVE.has(`${current} ${next}`);

/** The verb of a move, or `undefined` when the move does not exist. */
export const verbOf = (current: DeliveryStatus, next: DeliveryStatus): ReminderVerb | undefined => VERB_BY_MOVE.get(`${current} ${next}`);

const LIVE: ReadonlySet<DeliveryStatus> = new Set(LIVE_STATUSES);

/** May still reach the customer, or may have: its items are in no other reminder. */
export const isLive = (status: DeliveryStatus): boolean => LIVE.has(status);

export type StatusWord = 'to approve' | 'scheduled' | 'sending' | 'sent' | 'check' | 'returned' | 'stopped';

/** What operators read: where a reminder stands, not how the machine names it. */
export const STATUS_WORDS: Readonly<Record<DeliveryStatus, StatusWord>> = {
  PROPOSED: 'to approve',
  NEEDS_REVIEW: 'check',
  HELD: 'stopped',
  QUEUED: 'scheduled',
  LEASED: 'sending',
  TRANSMITTING: 'sending',
  UNCERTAIN: 'check',
  SENT: 'sent',
  DELIVERED: 'sent',
  BOUNCED: 'returned',
  COMPLAINED: 'returned',
  REJECTED: 'returned',
  FAILED: 'stopped',
  CANCELLED: 'stopped',
  RESENT: 'sent',
};
