/** A PNG of true colour made small: no more than 256 colours, which a picture of a terminal hardly has more of. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export function smallPng(image: Buffer): Buffer {
  const { width, height, channels, rows } = decoded(image);
  const counts = new Map<number, number>();
  const pixel = (row: Uint8Array, at: number): number =>
    ((row[at * channels] ?? 0) << 16) | ((row[at * channels + 1] ?? 0) << 8) | (row[at * channels + 2] ?? 0);
  for (const row of rows) for (let at = 0; at < width; at += 1) counts.set(pixel(row, at), (counts.get(pixel(row, at)) ?? 0) + 1);
  const palette = spread([...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour));
  const numbers = new Map(palette.map((colour, at) => [colour, at]));
  const lines = Buffer.alloc((width + 1) * height);
  rows.forEach((row, y) => {
    for (let at = 0; at < width; at += 1) {
      const colour = pixel(row, at);
      const number = numbers.get(colour) ?? nearest(palette, colour);
      numbers.set(colour, number);
      lines[y * (width + 1) + 1 + at] = number;
    }
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** How far apart two colours have to be to be both kept, as a squared distance: a shade of grey must not take the place of a green that is seldom. */
const APART = 200;

/** The most frequent first, without those that look like one that is there already. */
function spread(colours: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (const colour of colours) if (kept.length < 256 && !kept.some((known) => distance(known, colour) < APART)) kept.push(colour);
  return kept;
}

const distance = (one: number, other: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Infinity];
  palette.forEach((known, at) => {
    const away = distance(known, colour);
    if (away < least) [best, least] = [at, away];
  });
  return best;
}

/** Rows of bytes, their filters undone (PNG specification, section 9). */
function decoded(image: Buffer): {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly rows: readonly Uint8Array[];
} {
  const parts: Buffer[] = [];
  for (let at = 8; at < image.length; at += 12 + image.readUInt32BE(at))
    if (image.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(image.subarray(at + 8, at + 8 + image.readUInt32BE(at)));
  const [width, height] = [image.readUInt32BE(16), image.readUInt32BE(20)];
  const channels = image[25] === 6 ? 4 : 3;
  const data = inflateSync(Buffer.concat(parts));
  const rows: Uint8Array[] = [];
  for (let y = 0; y < height; y += 1) {
    const start = y * (width * channels + 1);
    rows.push(unfiltered(data[start] ?? 0, data.subarray(start + 1, start + 1 + width * channels), rows[y - 1], channels));
  }
  return { width, height, channels, rows };
}

function unfiltered(filter: number, line: Uint8Array, above: Uint8Array | undefined, step: number): Uint8Array {
  const row = new Uint8Array(line.length);
  for (let at = 0; at < line.length; at += 1) {
    const [left, up, corner] = [row[at - step] ?? 0, above?.[at] ?? 0, at < step ? 0 : (above?.[at - step] ?? 0)];
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    row[at] = (line[at] ?? 0) + guess;
  }
  return row;
}

function paeth(left: number, up: number, corner: number): number {
  const sum = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}
