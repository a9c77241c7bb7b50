/** Rows in PostgreSQL's COPY text format, for the temporary tables that imports are staged in. */
import type { CompanyTx } from '../connection/with-company.ts';

/** Anything else in a cell needs no escape: tabs and line ends part the columns and rows, backslashes begin an escape. */
const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** What a staged cell may be. */
export type CopyCell = string | number | bigint | boolean | Temporal.PlainDate | null;

export const copyRow = (cells: readonly CopyCell[]): string => `${cells.map(copyCell).join('\t')}\n`;

function copyCell(cell: CopyCell): string {
  if (cell === null) return '\\N';
  // Days, amounts and flags have no character that would need an escape.
  if (typeof cell === 'object') return dayText(cell);
  if (typeof cell !== 'string') return cell.toString();
  return cell.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}

/** The reader gives the same few thousand objects for the days of a million rows. */
const DAY_TEXTS = new WeakMap<Temporal.PlainDate, string>();

function dayText(day: Temporal.PlainDate): string {
  const known = DAY_TEXTS.get(day);
  if (known !== undefined) return known;
  const text = day.toString();
  DAY_TEXTS.set(day, text);
  return text;
}

/** Copies finished lines into a temporary table. */
export async function copyInto(tx: CompanyTx, table: string, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await tx.copyIn(`copy ${table} from stdin`, [lines.join('')]);
}
