/** Bars of block characters: whole cells and an eighth of one, so that small differences still show. */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** `value` of `most` in so many cells; something that is there at all shows at least an eighth. */
export function bar(value: number, most: number, cells: number): string {
  if (value <= 0 || most <= 0) return '';
  const eighths = Math.max(1, Math.round((Math.min(value, most) / most) * cells * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** What was, solid, and what it was spared to be, in dots up to it. */
export function barOf(part: number, whole: number, most: number, cells: number): string {
  const end = Math.round((Math.min(whole, most) / Math.max(1, most)) * cells);
  const solid = bar(part, most, cells);
  return solid + '·'.repeat(Math.max(0, end - solid.length));
}

/** An amount as a length: exact enough for a picture, whatever its size. */
export const lengthOf = ({ amount }: { readonly amount: string }): number => Number(amount);
