/** Rows in PostgreSQL's COPY text format, for the temporary tables that imports are staged in. */

/** Anything else in a cell needs no escape: tabs and line ends part the columns and rows, backslashes begin an escape. */
const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

export const copyRow = (cells: readonly unknown[]): string => `${cells.map(copyCell).join('\t')}\n`;

function copyCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '\\N';
  // Days, amounts and flags have no character that would need an escape.
  if (typeof cell !== 'string') return String(cell);
  return cell.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}
