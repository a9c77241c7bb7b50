import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { grant } from '../../src/domain/sending-rate.ts';

const noon = Temporal.Instant.from('2026-11-23T08:00:00Z');
const longAgo = noon.subtract({ hours: 1 });

describe('a rate', () => {
  it('of 25 a minute gives one mail at a time, 2.4 seconds apart', () => {
    const first = grant({ perMinute: 25, nextFreeAt: longAgo, now: noon }, 10);
    expect(first.granted).toBe(1);
    expect(first.nextFreeAt.epochMilliseconds - noon.epochMilliseconds).toBe(2_400);
    expect(grant({ perMinute: 25, nextFreeAt: first.nextFreeAt, now: noon.add({ milliseconds: 2_399 }) }, 10).granted).toBe(0);
    expect(grant({ perMinute: 25, nextFreeAt: first.nextFreeAt, now: noon.add({ milliseconds: 2_400 }) }, 10).granted).toBe(1);
  });

  it('never lets more through in any minute than it says, but for half a second’s worth at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_200 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 50 })), { maxLength: 200 }),
        (perMinute, asked) => {
          let state = { nextFreeAt: longAgo };
          let now = noon;
          const sent: number[] = [];
          for (const [laterMs, wanted] of asked) {
            now = now.add({ milliseconds: laterMs });
            const { granted, nextFreeAt } = grant({ perMinute, nextFreeAt: state.nextFreeAt, now }, wanted);
            state = { nextFreeAt };
            for (let one = 0; one < granted; one += 1) sent.push(now.epochMilliseconds);
          }
          const most = perMinute + Math.max(1, Math.floor(perMinute / 120));
          return sent.every((at, index) => sent.slice(index).filter((other) => other < at + 60_000).length <= most);
        },
      ),
    );
  });
});
