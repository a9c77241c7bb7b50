/**
 * Mail a customer asked for: which status may follow which, and the last judgement before it may leave. Pure, like the gate of reminders,
 * but without ladder, interval and consent to a level: it asks for nothing. Nothing leads from UNCERTAIN back to sending.
 */
import type { Instant } from './days.ts';

export const REQUESTED_KINDS = ['STATEMENT', 'COPY'] as const;
export type RequestedKind = (typeof REQUESTED_KINDS)[number];

export const REQUESTED_STATUSES = ['QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN', 'SENT', 'REJECTED', 'FAILED', 'CANCELLED'] as const;
export type RequestedStatus = (typeof REQUESTED_STATUSES)[number];

const MOVES: Readonly<Record<RequestedStatus, readonly RequestedStatus[]>> = {
  QUEUED: ['LEASED', 'CANCELLED'],
  LEASED: ['TRANSMITTING', 'QUEUED', 'CANCELLED'],
  TRANSMITTING: ['SENT', 'QUEUED', 'REJECTED', 'UNCERTAIN', 'FAILED'],
  UNCERTAIN: ['SENT', 'REJECTED'],
  SENT: [],
  REJECTED: [],
  FAILED: [],
  CANCELLED: [],
};

export const mayMoveRequested = (from: RequestedStatus, to: RequestedStatus): boolean => MOVES[from].includes(to);

/** As operators read them. */
export const REQUESTED_WORDS: Readonly<Record<RequestedStatus, string>> = {
  QUEUED: 'scheduled',
  LEASED: 'sending',
  TRANSMITTING: 'sending',
  UNCERTAIN: 'check',
  SENT: 'sent',
  REJECTED: 'refused',
  FAILED: 'failed',
  CANCELLED: 'stopped',
};

export interface RequestedQuestion {
  /** Sending as a whole is stopped: for the installation, or for the company. */
  readonly stoppedWhy: string | null;
  /** Why nothing may go to the address any more: suppressed, or no longer the contact's. */
  readonly addressFault: string | null;
  /** What the mail would say otherwise than it did when it was ordered. */
  readonly changes: readonly string[];
  /** When the contact calendar opens next; `null` when it is open now, `'never'` when its year has no data. */
  readonly opensAt: Instant | 'never' | null;
  /** Somebody asked today and waits for it: an answer is no contact of ours, so the hours of reminders do not bind it. */
  readonly isAnswerOfToday: boolean;
}

export type RequestedVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'wait'; readonly why: string; readonly until: Instant | null }
  | { readonly kind: 'cancel'; readonly why: string };

export function requestedVerdict({ stoppedWhy, addressFault, changes, opensAt, isAnswerOfToday }: RequestedQuestion): RequestedVerdict {
  if (addressFault !== null) return { kind: 'cancel', why: addressFault };
  if (changes.length > 0) return { kind: 'cancel', why: changes.join('; ') };
  if (stoppedWhy !== null) return { kind: 'wait', why: stoppedWhy, until: null };
  if (isAnswerOfToday || opensAt === null) return { kind: 'pass' };
  return opensAt === 'never'
    ? { kind: 'wait', why: 'calendar-unconfirmed', until: null }
    : { kind: 'wait', why: 'outside-hours', until: opensAt };
}
