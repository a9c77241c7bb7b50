/** One open transaction on one connection, from BEGIN to COMMIT. For the doors in `with-company.ts` alone. */
import type pg from 'pg';

import { assert, BugError, OperatorError } from '../../domain/operator-error.ts';
import { isConnectionLost } from './connection-error.ts';
import { encodeParameter } from './parameters.ts';
import { beginOn, type Database, type Leased } from './pool.ts';
import { preparedName } from './prepared-name.ts';
import { decodeRows, RAW_TEXT } from './row-decoder.ts';
import type { Sql, StatementOptions } from './sql.ts';
import { statementFault } from './statement-fault.ts';

/**
 * The connection was lost while the server was committing: the work may be saved or not, and only looking tells. Whoever
 * catches it must read before doing anything twice.
 */
export class CommitUnknownError extends Error {
  constructor(cause: unknown) {
    super('The connection to the database was lost during the commit: the work may or may not be saved.', { cause });
    this.name = 'CommitUnknownError';
  }
}

export interface TransactionOptions {
  /** Has the server refuse every write. */
  readonly isReadOnly?: boolean;
  /**
   * Its statements run over and over in this process, with few rows each: they are prepared on each connection that runs them. Not for work on
   * thousands of rows, whose plans must be made for it.
   */
  readonly isRepeated?: boolean;
}

/** Runs `work` between BEGIN and COMMIT; rolls back when it throws. `settings` are statements that hold until its end. */
export async function runTransaction<Result>(
  database: Database,
  settings: readonly string[],
  { isReadOnly = false, isRepeated = false }: TransactionOptions,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  // One round trip for all of them.
  const leased = await beginOn(database, [isReadOnly ? 'begin read only' : 'begin', ...settings].join('; '));
  const transaction = new Transaction(leased.client, isRepeated);
  let result: Result;
  try {
    result = await work(transaction);
    await transaction.settled();
  } catch (error) {
    await rollBack(leased, transaction);
    throw transaction.isLost ? lostWork(error) : statementFault(error, isReadOnly);
  }
  await commit(leased, transaction).catch((error: unknown) => {
    // Work that could write nothing is complete once it has read.
    if (!(isReadOnly && error instanceof CommitUnknownError)) throw error;
  });
  return result;
}

async function commit({ client, release }: Leased, transaction: Transaction): Promise<void> {
  transaction.end();
  let command: string;
  try {
    ({ command } = await client.query('commit'));
  } catch (error) {
    release(true);
    throw isConnectionLost(error) ? new CommitUnknownError(error) : statementFault(error, false);
  }
  release(false);
  // The server answers COMMIT with ROLLBACK when a statement had failed and its error was swallowed: nothing was saved.
  if (command !== 'COMMIT') throw new BugError('a transaction went on after a failed statement; its work was not saved');
}

async function rollBack({ client, release }: Leased, transaction: Transaction): Promise<void> {
  await transaction.settled();
  transaction.end();
  // When even the rollback fails the connection is closed, and the server rolls back what it no longer hears of.
  const isBroken =
    transaction.isLost ||
    (await client.query('rollback').then(
      () => false,
      () => true,
    ));
  release(isBroken);
}

export class Transaction implements Sql {
  readonly #client: pg.PoolClient;
  readonly #isRepeated: boolean;
  #tail: Promise<unknown> = Promise.resolve();
  #isOpen = true;
  #isLost = false;

  constructor(client: pg.PoolClient, isRepeated = false) {
    this.#client = client;
    this.#isRepeated = isRepeated;
  }

  /** True once a statement failed because the connection was gone. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Runs one piece of work on the connection after everything asked for before it. */
  run<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    if (!this.#isOpen) return Promise.reject(new BugError('a transaction was used after it had ended; await everything inside it'));
    const result = this.#tail.then(() => work(this.#client));
    this.#tail = result.catch((error: unknown) => {
      this.#isLost ||= isConnectionLost(error);
    });
    return result;
  }

  /** Resolves when everything asked for so far has run, whether it went well or not. */
  settled(): Promise<unknown> {
    return this.#tail;
  }

  end(): void {
    this.#isOpen = false;
  }

  async query<Row>(text: string, values: readonly unknown[] = [], options: StatementOptions = {}): Promise<readonly Row[]> {
    const result = await this.#result(text, values, options);
    return decodeRows<Row>(result.fields, result.rows);
  }

  async one<Row>(text: string, values?: readonly unknown[], options?: StatementOptions): Promise<Row> {
    const row = await this.maybeOne<Row>(text, values, options);
    if (row === undefined) throw new BugError(`a statement that must return a row returned none: ${text.trim().slice(0, 120)}`);
    return row;
  }

  async maybeOne<Row>(text: string, values?: readonly unknown[], options?: StatementOptions): Promise<Row | undefined> {
    const rows = await this.query<Row>(text, values, options);
    assert(rows.length <= 1, `a statement that must return one row returned ${rows.length}: ${text.trim().slice(0, 120)}`);
    return rows[0];
  }

  async execute(text: string, values: readonly unknown[] = [], options: StatementOptions = {}): Promise<number> {
    return (await this.#result(text, values, options)).rowCount ?? 0;
  }

  async copyIn(text: string, chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): Promise<number> {
    const [{ from }, { pipeline }, { Readable }] = await Promise.all([
      import('pg-copy-streams'),
      import('node:stream/promises'),
      import('node:stream'),
    ]);
    return this.run(async (client) => {
      const copy = client.query(from(text));
      await pipeline(Readable.from(chunks, { objectMode: true }), copy);
      return copy.rowCount;
    });
  }

  #result(text: string, values: readonly unknown[], options: StatementOptions): Promise<pg.QueryArrayResult<(string | null)[]>> {
    const name = options.name ?? (this.#isRepeated ? preparedName(text) : undefined);
    const statement = {
      text,
      values: values.map(encodeParameter),
      rowMode: 'array' as const,
      types: RAW_TEXT,
      ...(name === undefined ? {} : { name }),
    };
    return this.run((client) => client.query<(string | null)[]>(statement));
  }
}

/** Before COMMIT a lost connection is harmless: the server rolls back. */
const lostWork = (cause: unknown): OperatorError =>
  new OperatorError({
    code: 'database.connection-lost',
    message: 'The connection to the database was lost; nothing of this step was saved.',
    tryThis: 'Run it again.',
    cause,
  });
