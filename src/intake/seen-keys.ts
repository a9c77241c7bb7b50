/**
 * Remembers which keys a file has already used, in which row and with which content, for a million rows in about 30 MB.
 * Keys are kept as 64-bit hashes: two different keys of a million-row file meet with a chance of one in thirty million.
 */

/** What a key met before: nothing, a row with the same content, or one that says something else. */
export type Sighting = { readonly kind: 'new' } | { readonly kind: 'same' | 'other'; readonly row: number };

const NEW: Sighting = { kind: 'new' };

export class SeenKeys {
  private size = 0;
  private mask = 1023;
  private high = new Int32Array(1024);
  private low = new Int32Array(1024);
  private content = new Int32Array(1024);
  /** 0 marks a free slot, since rows count from 1. */
  private rows = new Uint32Array(1024);

  /** Notes a key, and says what is known of it. The first sighting stays the one reported. */
  see(key: string, content: number, row: number): Sighting {
    if (this.size * 2 > this.mask) this.grow();
    let first = 0x811c9dc5;
    let second = 0x2f0b4a37;
    for (let at = 0; at < key.length; at += 1) {
      const code = key.charCodeAt(at);
      first = Math.imul(first ^ code, 0x01000193);
      second = Math.imul(second ^ code, 0x85ebca6b);
    }
    const high = mixed(first);
    const low = mixed(second);
    const slot = this.find(high, low);
    const seenIn = this.rows[slot] ?? 0;
    if (seenIn !== 0) return { kind: this.content[slot] === content ? 'same' : 'other', row: seenIn };
    this.put(slot, high, low, content, row);
    return NEW;
  }

  private find(high: number, low: number): number {
    let slot = (high ^ (low >>> 7)) & this.mask;
    while (this.rows[slot] !== 0 && (this.high[slot] !== high || this.low[slot] !== low)) slot = (slot + 1) & this.mask;
    return slot;
  }

  private put(slot: number, high: number, low: number, content: number, row: number): void {
    this.high[slot] = high;
    this.low[slot] = low;
    this.content[slot] = content;
    this.rows[slot] = row;
    this.size += 1;
  }

  private grow(): void {
    const { high, low, content, rows } = this;
    const length = rows.length * 2;
    this.mask = length - 1;
    this.size = 0;
    this.high = new Int32Array(length);
    this.low = new Int32Array(length);
    this.content = new Int32Array(length);
    this.rows = new Uint32Array(length);
    for (const [from, row] of rows.entries()) {
      if (row !== 0) this.put(this.find(high[from] ?? 0, low[from] ?? 0), high[from] ?? 0, low[from] ?? 0, content[from] ?? 0, row);
    }
  }
}

/** One number (FNV-1a) for what a row says, to tell a repeated row from a conflicting one. */
export function contentHash(cells: readonly string[], isPart: readonly boolean[]): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < cells.length; at += 1) {
    // The cell's place goes in as well, so that a text moving to the next column is another content.
    if (!isPart[at]) continue;
    const cell = cells[at] ?? '';
    value ^= at;
    for (let letter = 0; letter < cell.length; letter += 1) value = Math.imul(value ^ cell.charCodeAt(letter), 0x01000193);
  }
  return mixed(value);
}

/** Spreads keys that differ only in their last digit over the table. */
function mixed(value: number): number {
  const spread = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return spread ^ (spread >>> 13);
}
