/**
 * Repeatable chance for made-up ledgers: SplitMix32, whose state is one 32-bit counter and whose output is that counter
 * passed through a finaliser (MurmurHash3's). Each stream has a step of its own, so that streams do not run into each other. Statistically good enough for plausible data, and for
 * nothing else. The same seed and stream give the same draws on every machine.
 */
import { assert } from '../../domain/operator-error.ts';

export class Random {
  private state: number;
  private readonly step: number;

  /** `stream` separates independent sequences of one seed: each customer has its own, whatever order they are made in. */
  constructor(seed: number, stream: number) {
    this.state = scramble(scramble(seed | 0) ^ Math.imul(stream + 1, GOLDEN));
    // Odd, so that the counter visits all 2^32 states.
    this.step = scramble(this.state ^ GOLDEN) | 1;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + this.step) | 0;
    return (scramble(this.state) >>> 0) / 4_294_967_296;
  }

  /** Whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    assert(item !== undefined, 'nothing to pick from');
    return item;
  }

  /** Picks by weight; the weights need not add up to anything. */
  weighted<Item>(choices: readonly (readonly [Item, number])[]): Item {
    let rest = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    const chosen = choices.find(([, weight]) => (rest -= weight) < 0) ?? choices.at(-1);
    assert(chosen !== undefined, 'nothing to choose from');
    return chosen[0];
  }

  /** Bell-shaped, by Box and Muller's formula. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Waiting time with this mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }
}

/** 2^32 divided by the golden ratio: sets neighbouring numbers far apart. */
const GOLDEN = 0x9e3779b9;

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
