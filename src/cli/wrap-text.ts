/**
 * Sentences laid out for a width, broken between words only and counted in the terminal's cells, so that Arabic and other wide text keeps
 * its place. A command between backticks stays in one piece, to be copied; what is wider than the line is left to the terminal. Expects
 * text that is already safe.
 */
import { cellWidth } from './cell-width.ts';

/** @param hang What later lines begin with, counted in the width. Text that fits is returned as it is, its own spaces kept. */
export function wrapped(text: string, width: number, hang = ''): readonly string[] {
  if (cellWidth(text) <= width) return [text];
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/(?:`[^`]*`|\S)+/g) ?? []) {
    const longer = line === '' ? `${lines.length === 0 ? indent : hang}${word}` : `${line} ${word}`;
    if (line !== '' && cellWidth(longer) > width) {
      lines.push(line);
      line = `${hang}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
