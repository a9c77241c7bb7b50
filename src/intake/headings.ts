/** The heading row of a file: which columns there are, and which headings no ledger file may have. */
import { OperatorError } from '../domain/operator-error.ts';
import { shown } from './faults.ts';

/** Wider files are exports gone wrong, and every row costs memory for each column. */
const MOST_COLUMNS = 500;

/** Headings are compared without case, padding, and the difference between blanks and underscores. */
export const headingKey = (heading: string): string =>
  heading
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');

/** The tenant is whoever imports; a file that names another must not pass as if it had been obeyed. */
const TENANT_HEADINGS: ReadonlySet<string> = new Set(['company_id', 'tenant_id', 'wafa.company_id']);
/** Names with a meaning of their own in JavaScript objects; no ledger has them. */
const MAGIC_HEADINGS: ReadonlySet<string> = new Set(['__proto__', '_proto_', 'constructor', 'prototype']);

/** The headings of a file, checked, with the index of each. */
export class Headings {
  readonly file: string;
  readonly row: number;
  readonly count: number;
  private readonly shownHeadings: readonly string[];
  private readonly indexes = new Map<string, number>();

  /** @throws OperatorError `import.too-many-columns`, `import.tenant-column`, `import.unknown-heading`. */
  constructor(cells: readonly string[], file: string, row: number) {
    this.file = file;
    this.row = row;
    this.count = cells.length;
    this.shownHeadings = cells;
    if (cells.length > MOST_COLUMNS)
      throw this.refusal(
        'too-many-columns',
        `The file has ${cells.length} columns; ${MOST_COLUMNS} is the most.`,
        'Export only the columns that are needed.',
      );
    for (const [index, cell] of cells.entries()) this.add(headingKey(cell), index);
  }

  private add(key: string, index: number): void {
    const heading = this.shownHeadings[index] ?? '';
    if (TENANT_HEADINGS.has(key))
      throw this.refusal(
        'tenant-column',
        `The column ${shown(heading)} names a company.`,
        'Remove it: rows always go to the company you are working in.',
        heading,
      );
    if (MAGIC_HEADINGS.has(key))
      throw this.refusal('unknown-heading', `The heading ${shown(heading)} is not allowed.`, 'Remove the column.', heading);
    if (!this.indexes.has(key)) this.indexes.set(key, index);
  }

  indexOf(heading: string): number | undefined {
    return this.indexes.get(headingKey(heading));
  }

  has(heading: string): boolean {
    return this.indexes.has(headingKey(heading));
  }

  get all(): readonly string[] {
    return this.shownHeadings;
  }

  refusal(what: string, message: string, tryThis: string, column?: string): OperatorError {
    const at =
      column === undefined ? { file: this.file, row: this.row } : { file: this.file, row: this.row, column: shown(column).slice(1, -1) };
    return new OperatorError({ code: `import.${what}`, message, tryThis, kind: 'usage', at });
  }
}
