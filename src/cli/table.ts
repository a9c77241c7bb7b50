/**
 * A plain table for people: one line per row whatever the width, columns two spaces apart. When it is too wide, long names are cut,
 * then the columns of least use are left out; amounts, ids and days are never cut, because half an amount is a wrong amount.
 * Expects safe text.
 */
import { cellWidth, truncated } from './cell-width.ts';
import type { Column } from './page.ts';

const GAP = '  ';

/** Heading line first, then one line per row; no trailing spaces. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): readonly string[] {
  const fitted = fit(
    columns.map((column, index) => ({ column, index, width: naturalWidth(column, index, rows) })),
    width,
  );
  const lineOf = (cells: readonly string[]): string =>
    fitted
      .map((place) => cell(cells[place.index] ?? '', place))
      .join(GAP)
      .trimEnd();
  return [lineOf(columns.map(({ title }) => title)), ...rows.map(lineOf)];
}

interface Place {
  readonly column: Column;
  readonly index: number;
  readonly width: number;
}

const naturalWidth = ({ title }: Column, index: number, rows: readonly (readonly string[])[]): number =>
  rows.reduce((widest, row) => Math.max(widest, cellWidth(row[index] ?? '')), cellWidth(title));

function fit(places: readonly Place[], width: number): readonly Place[] {
  const narrowed = narrow(places, excess(places, width));
  if (excess(narrowed, width) <= 0) return narrowed;
  const next = places.reduce<Place | undefined>((worst, place) => (rank(place) > rank(worst) ? place : worst), undefined);
  return next === undefined
    ? narrowed
    : fit(
        places.filter((place) => place !== next),
        width,
      );
}

const rank = (place: Place | undefined): number => place?.column.leaveOut ?? 0;

const excess = (places: readonly Place[], width: number): number =>
  places.reduce((sum, place) => sum + place.width, GAP.length * Math.max(0, places.length - 1)) - width;

/** Takes the missing cells from the widest column that may give some, again and again, so that long names give before short ones. */
function narrow(places: readonly Place[], missing: number): readonly Place[] {
  const widths = places.map((place) => place.width);
  for (let left = missing; left > 0; left -= 1) {
    let widest: number | undefined;
    for (const [at, { column }] of places.entries()) {
      const mayGive = column.least !== undefined && widthAt(widths, at) > Math.max(column.least, cellWidth(column.title));
      if (mayGive && (widest === undefined || widthAt(widths, at) > widthAt(widths, widest))) widest = at;
    }
    if (widest === undefined) break;
    widths[widest] = widthAt(widths, widest) - 1;
  }
  return places.map((place, at) => ({ ...place, width: widthAt(widths, at) }));
}

const widthAt = (widths: readonly number[], at: number): number => widths[at] ?? 0;

function cell(text: string, { column, width }: Place): string {
  const shown = truncated(text, width);
  const padding = ' '.repeat(Math.max(0, width - (shown.endsWith('…') ? cellWidth(shown.slice(0, -1)) + 1 : cellWidth(shown))));
  return column.align === 'right' ? padding + isolated(shown) : isolated(shown) + padding;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** An Arabic name must not pull the amount beside it to its other side; the two marks take no cell. */
const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);
