/** Breaks text into lines that fit a width: at spaces, and inside a word only when the word alone is wider than the line. */
import type { Direction, Weight } from './fonts.ts';
import { remembered } from '../remembered.ts';
import { shapedLine, type ShapedLine } from './shaped-line.ts';

export interface Setting {
  readonly weight: Weight;
  /** Points. */
  readonly size: number;
  readonly direction: Direction;
}

/** Wrapped texts kept: the long ones are the same notes in every document. */
const MOST_TEXTS = 1_000;

const wrapped = new Map<string, (text: string) => readonly ShapedLine[]>();

/** Lines of at most `width` points. */
export function wrapText(text: string, width: number, setting: Setting): readonly ShapedLine[] {
  const key = `${width} ${setting.size} ${setting.weight} ${setting.direction}`;
  const known = wrapped.get(key) ?? remembered(MOST_TEXTS, (one) => wrap(one, width, setting));
  wrapped.set(key, known);
  return known(text);
}

function wrap(text: string, width: number, setting: Setting): readonly ShapedLine[] {
  const room = (width * 1000) / setting.size;
  const shape = (part: string): ShapedLine => shapedLine(part, setting.weight, setting.direction);
  const whole = shape(text);
  if (whole.width <= room) return [whole];
  const lines: ShapedLine[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => brokenWord(one, room, shape))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || shape(longer).width <= room) line = longer;
    else {
      lines.push(shape(line));
      line = word;
    }
  }
  return [...lines, shape(line)];
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A word no line can hold, such as a long reference, in parts that fit; others as they are. */
function brokenWord(word: string, room: number, shape: (part: string) => ShapedLine): readonly string[] {
  if (shape(word).width <= room) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of letters.segment(word)) {
    if (part !== '' && shape(part + segment).width > room) {
      parts.push(part);
      part = segment;
    } else part += segment;
  }
  return [...parts, part];
}
