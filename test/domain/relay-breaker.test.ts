import { describe, expect, it } from 'vitest';

import { afterSign, CLOSED, passage, type BreakerState, type RelaySign } from '../../src/domain/relay-breaker.ts';

const noon = Temporal.Instant.from('2026-11-23T08:00:00Z');
const after = (signs: readonly RelaySign[], state: BreakerState = CLOSED, at = noon): BreakerState =>
  signs.reduce((now, sign) => afterSign(now, sign, at), state);
const times = (count: number, sign: RelaySign): readonly RelaySign[] => Array.from({ length: count }, () => sign);

describe('the breaker of a mail server', () => {
  it.each<[string, readonly RelaySign[]]>([
    ['a refused login', ['auth']],
    ['a certificate that does not fit', ['tls']],
    ['five lost connections in a row', times(5, 'connection')],
    ['twenty temporary refusals in a row', times(20, 'refusing')],
    ['five mails in doubt within ten minutes', times(5, 'uncertain')],
  ])('opens after %s', (_, signs) => {
    expect(passage(after(signs), noon).kind).toBe('open');
  });

  it.each<[string, readonly RelaySign[]]>([
    ['four lost connections', times(4, 'connection')],
    ['lost connections with an accepted mail between', [...times(4, 'connection'), 'accepted', ...times(4, 'connection')]],
    ['nineteen temporary refusals, as greylisting gives them', times(19, 'refusing')],
    ['four mails in doubt', times(4, 'uncertain')],
  ])('stays closed after %s', (_, signs) => {
    expect(passage(after(signs), noon).kind).toBe('closed');
  });

  it('lets one mail try after a minute, and waits twice as long each time that fails, half an hour at most', () => {
    let state = after(['auth']);
    for (const minutes of [1, 2, 4, 8, 16, 30, 30]) {
      expect(passage(state, noon.add({ seconds: minutes * 60 - 1 })).kind).toBe('open');
      expect(passage(state, noon.add({ minutes })).kind).toBe('probe');
      state = afterSign(state, 'connection', noon);
    }
  });

  it('closes with the first mail that is accepted', () => {
    expect(after(['accepted'], after(['auth']))).toEqual(CLOSED);
  });

  it('forgets mails in doubt that are more than ten minutes old', () => {
    const before = after(times(4, 'uncertain'));
    expect(passage(afterSign(before, 'uncertain', noon.add({ minutes: 11 })), noon).kind).toBe('closed');
  });
});
