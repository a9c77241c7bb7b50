import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { retryDelay } from '../../src/domain/retry-schedule.ts';

const firstAt = Temporal.Instant.from('2026-11-23T06:00:00Z');
const minutesAfter = (attempts: number, random: number, now = firstAt): number | 'give-up' => {
  const retry = retryDelay({ attempts, firstAt, now, random });
  return retry.kind === 'give-up' ? 'give-up' : now.until(retry.at, { largestUnit: 'minutes' }).total('minutes');
};

describe('a reminder the server did not take', () => {
  it.each([
    [1, 5],
    [2, 15],
    [3, 60],
    [4, 240],
    [5, 720],
    [9, 720],
  ])('after attempt %i is tried again in about %i minutes', (attempts, minutes) => {
    expect(minutesAfter(attempts, 0.5)).toBe(minutes);
  });

  it('is given up when the next try would come more than three days after the first', () => {
    expect(minutesAfter(9, 0.5, firstAt.add({ hours: 60 }))).toBe(720);
    expect(minutesAfter(9, 0.5, firstAt.add({ hours: 60, minutes: 1 }))).toBe('give-up');
  });

  it('is tried within a fifth of the planned delay, whatever the dice say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, random) => {
        const planned = minutesAfter(attempts, 0.5) as number;
        const jittered = minutesAfter(attempts, random) as number;
        expect(Math.abs(jittered - planned)).toBeLessThanOrEqual(planned * 0.2 + 0.01);
      }),
    );
  });
});
