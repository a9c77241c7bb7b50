/** A transaction as statements see it: text and values in, decoded rows out. */

export interface StatementOptions {
  /**
   * Prepares the statement under this name on each connection that runs it, which spares parsing and planning. For
   * statements that run often in one process; one name means one text everywhere.
   */
  readonly name?: string;
}

export interface Sql {
  /** Rows in camelCase, decoded as `row-decoder.ts` says. Statements of one transaction run one after another. */
  query<Row>(text: string, values?: readonly unknown[], options?: StatementOptions): Promise<readonly Row[]>;
  /** The only row. @throws BugError when there is none, or more than one. */
  one<Row>(text: string, values?: readonly unknown[], options?: StatementOptions): Promise<Row>;
  /** The only row or undefined. @throws BugError when there are more than one. */
  maybeOne<Row>(text: string, values?: readonly unknown[], options?: StatementOptions): Promise<Row | undefined>;
  /** @returns how many rows were inserted, changed or deleted. */
  execute(text: string, values?: readonly unknown[], options?: StatementOptions): Promise<number>;
  /** Feeds a `COPY … FROM STDIN` statement. @returns how many rows it wrote. */
  copyIn(text: string, chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): Promise<number>;
}
