/** A row of a ledger file in whatever format: cells as text, in the order of the headings. */

export interface SourceRow {
  /** As the format's own program counts: a spreadsheet's row, a line, the place of a document in its folder. */
  readonly row: number;
  readonly cells: readonly string[];
  /** The file inside a folder or archive it comes from; left out: the file itself. */
  readonly file?: string;
  /** The text it was read from, in formats where the cells do not say it all. */
  readonly raw?: string;
  /** What is wrong with it already as a row of its format; the cells are not to be read then. */
  readonly problem?: RowProblem;
  /** What an operator should know of it, though it is read. */
  readonly remark?: RowProblem;
}

/** As the rest of a sentence that starts with the row. */
export interface RowProblem {
  readonly code: string;
  readonly says: string;
  readonly tryThis: string;
}
