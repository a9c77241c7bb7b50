/**
 * Which customers of the sample book are branches of which head office. The pattern repeats every 400 customers, so any
 * customer's place in it follows from its index alone.
 */

const BLOCK = 400;

/** Head office → how many of the next customers are its branches. The first is the one with twenty. */
const BRANCHES: ReadonlyMap<number, number> = new Map([
  [0, 20],
  [60, 3],
  [140, 4],
  [210, 2],
  [300, 5],
  [360, 2],
]);

export const placeInBlock = (index: number): number => index % BLOCK;

/** Index of the head office a customer is billed to, or `null` when it stands for itself. */
export function headOfficeOf(index: number): number | null {
  const place = placeInBlock(index);
  for (const [head, branches] of BRANCHES) if (place > head && place <= head + branches) return index - place + head;
  return null;
}

export const isHeadOffice = (index: number): boolean => BRANCHES.has(placeInBlock(index));

export const customerCode = (index: number): string => `C-${String(index + 1).padStart(5, '0')}`;
