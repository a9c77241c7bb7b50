/** A row of a ledger file in whatever format: cells as text, in the order of the headings. */

export interface SourceRow {
  /** As the format's own program counts: a spreadsheet's row, a line, the place of a document in its folder. */
  readonly row: number;
  readonly cells: readonly string[];
  /** The file inside a folder or archive it comes from; left out: the file itself. */
  readonly file?: string;
}
