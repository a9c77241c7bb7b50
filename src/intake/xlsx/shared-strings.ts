/** The strings that cells of a workbook share, as bytes in one place: a million small strings would take ten times the memory. */

export class SharedStrings {
  private bytes = Buffer.alloc(65_536);
  private used = 0;
  private ends = new Uint32Array(1_024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** Bytes of all of them together. */
  get size(): number {
    return this.used;
  }

  add(text: string): void {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    const needed = this.used + text.length * 3;
    if (needed > this.bytes.length) this.bytes = Buffer.concat([this.bytes], Math.max(needed, this.bytes.length * 2));
    this.used += this.bytes.write(text, this.used, 'utf8');
    if (this.count === this.ends.length) {
      const longer = new Uint32Array(this.count * 2);
      longer.set(this.ends);
      this.ends = longer;
    }
    this.ends[this.count] = this.used;
    this.count += 1;
  }

  /** @returns '' for a place that does not exist. */
  at(place: number): string {
    if (!(place >= 0 && place < this.count)) return '';
    return this.bytes.toString('utf8', place === 0 ? 0 : this.ends[place - 1], this.ends[place]);
  }
}
