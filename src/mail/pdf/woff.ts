/**
 * Unpacks a WOFF 1.0 file (W3C recommendation of 2012) into the plain font inside it. Font packages ship WOFF; the shaping library reads
 * it too, but inflates each table anew in JavaScript, which took nine tenths of the time of a page.
 */
import { inflateSync } from 'node:zlib';
import { assert } from '../../domain/operator-error.ts';

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

export function fontInWoff(woff: Buffer): Buffer {
  assert(woff.toString('latin1', 0, 4) === 'wOFF', 'a font file is not WOFF 1.0');
  const tables = woff.readUInt16BE(12);
  const head = Buffer.alloc(SFNT_HEADER + SFNT_ENTRY * tables);
  woff.copy(head, 0, 4, 8); // the flavour: TrueType or CFF outlines
  head.writeUInt16BE(tables, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let index = 0; index < tables; index += 1) {
    const entry = WOFF_HEADER + WOFF_ENTRY * index;
    const data = tableOf(woff, entry);
    const at = SFNT_HEADER + SFNT_ENTRY * index;
    woff.copy(head, at, entry, entry + 4); // tag
    woff.copy(head, at + 4, entry + 16, entry + 20); // checksum
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(data.length, at + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    offset += data.length + padding.length;
  }
  return Buffer.concat(parts);
}

function tableOf(woff: Buffer, entry: number): Buffer {
  const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number];
  const data = woff.subarray(offset, offset + packed);
  return packed < length ? inflateSync(data) : data;
}
