import { describe, expect, test } from 'vitest';

import { bounceClass, type BounceClass } from '../../../src/domain/inbound/bounce-class.ts';

const of = (status: string | null, diagnostic: string | null = null): BounceClass =>
  bounceClass({ action: 'failed', status, finalRecipient: 'a@b.example', originalRecipient: null, diagnostic });

describe('why a mail came back', () => {
  test.each(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'])('%s: the address is at fault', (status) => {
    expect(of(status)).toBe('hard');
  });

  test.each(['4.2.2', '4.4.7', '4.0.1', '5.2.2'])('%s: the mailbox may take it another time', (status) => {
    expect(of(status)).toBe('soft');
  });

  test.each(['5.7.1', '5.7.26'])('%s: they refuse mail of ours, which says nothing about the address', (status) => {
    expect(of(status, '550 5.1.1-looking words')).toBe('blocked');
  });

  test('a mail too large for them is not a bad address', () => {
    expect(of('5.3.4')).toBe('too-big');
  });

  test('a status that says nothing gives way to the code in the words of the server', () => {
    expect(of('5.0.0', '550 5.1.1 User unknown')).toBe('hard');
    expect(of('5.0.0', '554 rejected as spam')).toBe('blocked');
    expect(of('5.0.0', '550 no')).toBe('unknown');
    expect(of(null, '550 5.7.1 no')).toBe('blocked');
    expect(of(null)).toBe('unknown');
  });

  test('a version or an address in the words is no code', () => {
    expect(of('5.0.0', '550 from 185.5.1.1 Exim 5.1.1.2')).toBe('unknown');
  });

  test('what no list knows is for a person', () => {
    expect(of('5.6.0')).toBe('unknown');
  });
});
