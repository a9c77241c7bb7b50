/**
 * The only doors to the database. Each opens a transaction; `withCompany` ties it to one company for as long as it lasts, so
 * that row-level security shows and accepts that company's rows alone.
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import type { CompanyId } from '../../domain/ids.ts';
import { assert } from '../../domain/operator-error.ts';
import type { Database } from './pool.ts';
import type { Sql } from './sql.ts';
import { runTransaction, type Transaction, type TransactionOptions } from './transaction.ts';

export { CommitUnknownError } from './transaction.ts';

export interface CompanyTx extends Sql {
  readonly companyId: CompanyId;
  /**
   * An EntityManager on this very transaction, loaded on first use. What it holds is flushed before COMMIT; flush earlier
   * when a statement must see it. It cannot commit, and is dead when the transaction ends.
   */
  em(): Promise<EntityManager>;
}

/** Runs `work` for one company. @throws CommitUnknownError when the connection is lost during COMMIT. */
export async function withCompany<Result>(
  database: Database,
  companyId: CompanyId,
  work: (tx: CompanyTx) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  return await runTransaction(database, [setCompany(companyId), ...SESSION], options, async (transaction) => {
    let manager: Promise<EntityManager> | undefined;
    const em = (): Promise<EntityManager> => (manager ??= import('../orm.ts').then(({ entityManagerOn }) => entityManagerOn(transaction)));
    const result = await work({ ...sqlOf(transaction), companyId, em });
    if (manager !== undefined && options.isReadOnly !== true) await (await manager).flush();
    return result;
  });
}

/** For the few tables that belong to no company (`directory`, `installation`): tenant tables show no rows here. */
export async function withInstallation<Result>(
  database: Database,
  work: (sql: Sql) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  return await runTransaction(database, SESSION, options, (transaction) => work(sqlOf(transaction)));
}

/** Largest value of PostgreSQL's bigint. */
const LARGEST_BIGINT = 9_223_372_036_854_775_807n;

/**
 * The company is a literal, not a parameter of `set_config`: a sharded database passes on only the statement `SET LOCAL`.
 * Because it is a literal, it is checked to be digits first.
 */
function setCompany(companyId: CompanyId): string {
  const digits = String(companyId);
  assert(/^[1-9]\d{0,18}$/.test(digits) && BigInt(digits) <= LARGEST_BIGINT, 'a company id must be a positive integer');
  return `set local wafa.company_id = '${digits}'`;
}

/** What we rely on whatever the server's defaults are: durable commits, UTC, and no lock held by a frozen process. */
const SESSION = [
  "set local timezone = 'UTC'",
  'set local synchronous_commit = on',
  "set local idle_in_transaction_session_timeout = '60s'",
];

/** Only the statements: whoever gets this cannot end the transaction or reach its connection. */
const sqlOf = (transaction: Transaction): Sql => ({
  query: (text, values, options) => transaction.query(text, values, options),
  one: (text, values, options) => transaction.one(text, values, options),
  maybeOne: (text, values, options) => transaction.maybeOne(text, values, options),
  execute: (text, values, options) => transaction.execute(text, values, options),
  copyIn: (text, chunks) => transaction.copyIn(text, chunks),
});
