import { describe, expect, it } from 'vitest';

import { Turns } from '../../../src/store/connection/turns.ts';

describe('turns', () => {
  it('are given to so many at once, the others in the order they came', async () => {
    const turns = new Turns(2);
    const order: number[] = [];
    const work = async (number: number): Promise<void> => {
      await turns.enter();
      order.push(number);
      expect(turns.taken).toBeLessThanOrEqual(2);
      await Promise.resolve();
      turns.leave();
    };
    await Promise.all([1, 2, 3, 4, 5].map(work));
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(turns.taken).toBe(0);
  });

  it('that never come are told as a program too busy, and are not given later', async () => {
    const turns = new Turns(1, 20);
    await turns.enter();
    await expect(turns.enter()).rejects.toMatchObject({ code: 'database.too-busy' });
    turns.leave();
    expect(turns.taken).toBe(0);
  });
});
