/** Repeatable draws for resampling: the same seed gives the same draws on every machine (SplitMix32 with MurmurHash3's finaliser). */
export class Draws {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** Uniform among the whole numbers from 0 to `count` − 1. */
  below(count: number): number {
    // 2^32 divided by the golden ratio: odd, so that the counter visits every state, and far from any short cycle.
    this.state = (this.state + 0x9e3779b9) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296) * count);
  }
}
