/**
 * CSV for spreadsheets (RFC 4180): CRLF line ends, every cell quoted, a byte order mark so that Excel reads Arabic. A cell a spreadsheet
 * would run as a formula gets an apostrophe in front (OWASP ASVS 1.2.10); plain numbers stay numbers.
 */
import { safeText } from '../domain/safe-text.ts';

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export const csvText = ({ columns, rows }: CsvTable): string =>
  `\uFEFF${[columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;

const csvCell = (value: string | number | null): string => `"${guarded(String(value ?? '')).replaceAll('"', '""')}"`;

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** What starts a formula in some spreadsheet, full-width forms included: Excel reads those as the plain ones. */
const FORMULA_START = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Judged before cleaning, which turns a leading tab into its picture, and again after, when invisible characters are gone. */
function guarded(raw: string): string {
  if (PLAIN_NUMBER.test(raw)) return raw;
  const text = safeText(raw);
  return FORMULA_START.test(raw) || FORMULA_START.test(text) ? `'${text}` : text;
}
