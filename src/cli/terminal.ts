/** What the place of output allows: its width, and whether it shows colour. */
import type { Output } from './surroundings.ts';

export interface TextStyle {
  /** In cells. */
  readonly width: number;
  /** Where sentences are broken; without end in a pipe that names no width, so that a search finds them whole. */
  readonly proseWidth: number;
  bold(text: string): string;
  dim(text: string): string;
}

/** What a pipe, a log or an unknown terminal gets: wide enough for a queue, narrow enough for a mail. */
const USUAL_WIDTH = 80;

/** Below this no table can be read; the terminal may wrap instead. */
const LEAST_WIDTH = 20;

export function textStyle(output: Output, env: Readonly<Record<string, string | undefined>>, mayColour: boolean): TextStyle {
  const hasColour = mayColour && output.isTerminal && env['TERM'] !== 'dumb' && (env['NO_COLOR'] ?? '') === '';
  const escape = (start: number, end: number) => (text: string) =>
    hasColour && text !== '' ? `\u001B[${start}m${text}\u001B[${end}m` : text;
  const width = pageWidth(output, env);
  return { width, proseWidth: proseWidth(output, env), bold: escape(1, 22), dim: escape(2, 22) };
}

/** As {@link TextStyle.proseWidth}, for talk on stderr as well. */
export const proseWidth = (output: Output, env: Readonly<Record<string, string | undefined>>): number =>
  output.columns === undefined && !output.isTerminal && (env['COLUMNS'] ?? '') === '' ? Number.POSITIVE_INFINITY : pageWidth(output, env);

/** The terminal knows best; `COLUMNS` serves in a pipe, for instance into a pager. In cells. */
export function pageWidth(output: Output, { COLUMNS = '' }: Readonly<Record<string, string | undefined>>): number {
  const asked = output.columns ?? (/^[1-9]\d{0,3}$/.test(COLUMNS) ? Number(COLUMNS) : USUAL_WIDTH);
  return Math.max(LEAST_WIDTH, asked);
}
