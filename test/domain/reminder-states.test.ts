import { expect, test } from 'vitest';
import { isLive, mayMove, STATUS_WORDS, TRANSITIONS, verbOf } from '../../src/domain/reminder-states.ts';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../src/domain/vocabulary.ts';

const TABLE: Readonly<Partial<Record<DeliveryStatus, readonly DeliveryStatus[]>>> = {
  PROPOSED: ['QUEUED', 'HELD', 'CANCELLED'],
  NEEDS_REVIEW: ['PROPOSED', 'QUEUED', 'HELD', 'CANCELLED'],
  HELD: ['PROPOSED', 'CANCELLED'],
  QUEUED: ['LEASED', 'PROPOSED', 'HELD', 'NEEDS_REVIEW', 'CANCELLED'],
  LEASED: ['TRANSMITTING', 'QUEUED', 'NEEDS_REVIEW', 'CANCELLED'],
  TRANSMITTING: ['SENT', 'QUEUED', 'REJECTED', 'UNCERTAIN', 'FAILED'],
  UNCERTAIN: ['SENT', 'REJECTED', 'RESENT'],
  SENT: ['DELIVERED', 'BOUNCED', 'COMPLAINED'],
  DELIVERED: ['BOUNCED', 'COMPLAINED'],
};

test('exactly the moves of the table exist', () => {
  for (const from of DELIVERY_STATUSES) {
    for (const to of DELIVERY_STATUSES) expect(mayMove(from, to), `${from} → ${to}`).toBe(TABLE[from]?.includes(to) ?? false);
  }
});

test('every move has one verb', () => {
  expect(new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`)).size).toBe(TRANSITIONS.length);
  expect(verbOf('PROPOSED', 'QUEUED')).toBe('approve');
  expect(verbOf('QUEUED', 'SENT')).toBeUndefined();
});

test('no path leads from an unclear outcome back to sending', () => {
  const reached = new Set<DeliveryStatus>(['UNCERTAIN']);
  for (const status of reached) for (const move of TRANSITIONS) if (move.from === status) reached.add(move.to);
  for (const sending of ['QUEUED', 'LEASED', 'TRANSMITTING', 'PROPOSED'] as const) expect(reached.has(sending)).toBe(false);
});

test('nothing is sent without being leased and transmitting first', () => {
  expect(TRANSITIONS.filter(({ to }) => to === 'TRANSMITTING').map(({ from }) => from)).toEqual(['LEASED']);
  expect(TRANSITIONS.filter(({ to }) => to === 'LEASED').map(({ from }) => from)).toEqual(['QUEUED']);
});

test('a reminder that may still reach the customer is live; operators read plain words', () => {
  expect(DELIVERY_STATUSES.filter(isLive)).toEqual(['PROPOSED', 'NEEDS_REVIEW', 'HELD', 'QUEUED', 'LEASED', 'TRANSMITTING', 'UNCERTAIN']);
  expect(new Set(DELIVERY_STATUSES.map((status) => STATUS_WORDS[status]))).toEqual(
    new Set(['to approve', 'scheduled', 'sending', 'sent', 'check', 'returned', 'stopped']),
  );
});
