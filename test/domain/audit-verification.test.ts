import { describe, expect, it } from 'vitest';

import {
  CHAIN_BEGINNING,
  findingSentence,
  judgeAnchored,
  judgeAnchoredEnd,
  judgeEnd,
  judgeEvent,
  type ChainFinding,
  type EventEvidence,
} from '../../src/domain/audit-verification.ts';

const digest = (letter: string): string => letter.repeat(64);
const before = { id: 4, hash: digest('4') };

const event = (changed: Partial<EventEvidence> = {}): EventEvidence => ({
  id: 5,
  previousHash: digest('4'),
  hash: digest('5'),
  contentHash: digest('5'),
  writtenAs: () => null,
  ...changed,
});

describe('an event', () => {
  it('that follows, and whose content gives its hash, is right', () => {
    expect(judgeEvent(before, event())).toBeNull();
  });

  it('is not searched for another place while it is right', () => {
    const searched = (): never => {
      throw new Error('searched');
    };
    expect(judgeEvent(before, event({ writtenAs: searched }))).toBeNull();
  });

  it.each<[string, Partial<EventEvidence>, ChainFinding]>([
    ['whose content gives another hash was edited', { contentHash: digest('e') }, { kind: 'edited', id: 5 }],
    ['whose content cannot be hashed was edited', { contentHash: null }, { kind: 'edited', id: 5 }],
    ['that fits another place was moved', { contentHash: digest('e'), writtenAs: () => 9 }, { kind: 'reordered', id: 5, writtenAs: 9 }],
    ['that is whole but follows something else is forged', { previousHash: digest('f') }, { kind: 'forged-link', id: 5 }],
    ['behind a gap tells what is missing', { id: 8 }, { kind: 'missing', id: 5, lastMissingId: 7 }],
    ['that comes again is there twice', { id: 4 }, { kind: 'repeated', id: 4 }],
  ])('%s', (_, changed, finding) => {
    expect(judgeEvent(before, event(changed))).toEqual(finding);
  });

  it('is the first after 64 zeros', () => {
    expect(judgeEvent(CHAIN_BEGINNING, event({ id: 1, previousHash: '0'.repeat(64) }))).toBeNull();
    expect(judgeEvent(CHAIN_BEGINNING, event({ id: 1 }))).toEqual({ kind: 'forged-link', id: 1 });
  });
});

describe('the end of a chain', () => {
  it.each<[string, Parameters<typeof judgeEnd>[1], ChainFinding | null]>([
    ['is where the head says', { id: 4, hash: digest('4') }, null],
    ['before the head was cut', { id: 6, hash: digest('6') }, { kind: 'truncated', id: 5, expectedId: 6, anchoredAt: null }],
    ['past the head was added', { id: 2, hash: digest('2') }, { kind: 'beyond-head', id: 3, headId: 2 }],
    ['with another hash disagrees', { id: 4, hash: digest('9') }, { kind: 'head-disagrees', id: 4 }],
    ['without a head is told', null, { kind: 'head-missing', id: 4 }],
  ])('%s', (_, head, finding) => {
    expect(judgeEnd(before, head)).toEqual(finding);
  });
});

describe('an anchor', () => {
  const mark = (id: number, letter: string) => ({ id, hash: digest(letter), anchoredAt: '2026-11-23T06:00:00Z' });

  it('agrees with the event it saw, or shows that the chain was rewritten', () => {
    expect(judgeAnchored(before, [mark(4, '4')])).toBeNull();
    expect(judgeAnchored(before, [mark(4, '4'), mark(4, '9')])).toEqual({ kind: 'rewritten', id: 4, anchoredAt: '2026-11-23T06:00:00Z' });
  });

  it('that saw more than there is shows that the end was cut', () => {
    expect(judgeAnchoredEnd(before, [mark(2, '2'), mark(4, '4')])).toBeNull();
    expect(judgeAnchoredEnd(before, [mark(7, '7')])).toEqual({
      kind: 'truncated',
      id: 5,
      expectedId: 7,
      anchoredAt: '2026-11-23T06:00:00Z',
    });
  });
});

it.each<[ChainFinding, string]>([
  [{ kind: 'missing', id: 5, lastMissingId: 7 }, 'Events 5 to 7 were deleted: the events behind are there.'],
  [{ kind: 'repeated', id: 5 }, 'Event 5 is there twice.'],
  [{ kind: 'truncated', id: 9, expectedId: 9, anchoredAt: null }, 'Event 9 was cut off the end: the head names event 9.'],
  [{ kind: 'head-missing', id: 0 }, 'The head is missing; the chain ends at event 0.'],
])('%j reads as a sentence', (finding, sentence) => {
  expect(findingSentence(finding)).toBe(sentence);
});
