/**
 * MikroORM inside a transaction of ours. There is one instance per process, for what it knows about the entities; it owns no
 * connection. Each EntityManager is tied to one open transaction and sends everything over that transaction's connection, so
 * its reads and writes stand under the same company and the same COMMIT as the SQL beside them.
 */
import { type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';

import { BugError } from '../domain/operator-error.ts';
import type { Transaction } from './connection/transaction.ts';
import { GeneratedKeyRepair } from './entities/generated-key-repair.ts';
import { entities } from './entities/index.ts';
import { PostgresNamingStrategy } from './schema/constraint-names.ts';

/** An EntityManager on an open transaction. Its own begin and commit are savepoints: only the door commits. */
export async function entityManagerOn(transaction: Transaction): Promise<EntityManager> {
  const em = orm().em.fork({ useContext: false });
  em.setTransactionContext(await new Kysely({ dialect: dialectOver(new BorrowedDriver(transaction)) }).startTransaction().execute());
  return em;
}

/** What MikroORM is told about our entities; also used to compare them with the migrated schema. */
export const ormOptions = (dialect: Dialect): Options => ({
  driverOptions: dialect,
  dbName: 'wafa',
  entities: [...entities],
  namingStrategy: PostgresNamingStrategy,
  subscribers: [GeneratedKeyRepair],
  // Batched updates check the version before they write, not while they write, and so lose concurrent changes.
  useBatchUpdates: false,
  implicitTransactions: false,
  allowGlobalContext: false,
  ensureDatabase: false,
  discovery: { warnWhenNoEntities: false },
  debug: false,
});

let instance: MikroORM | undefined;

const orm = (): MikroORM => (instance ??= new MikroORM(ormOptions(dialectOver(new ClosedDriver()))));

/** What the tables are to be like, as the entities say. */
export const expectedSchema = (): ReturnType<MikroORM['schema']['getTargetSchema']> => orm().schema.getTargetSchema();

const dialectOver = (driver: Driver): Dialect => ({
  createDriver: () => driver,
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
});

/** Answers an EntityManager that has no transaction: it would see no company's rows, or any company's. */
class ClosedDriver implements Driver {
  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.reject(new BugError('an EntityManager was used outside withCompany'));
  }

  beginTransaction(): Promise<void> {
    return Promise.reject(new BugError('an EntityManager may not begin a transaction of its own'));
  }

  commitTransaction(): Promise<void> {
    return Promise.reject(new BugError('an EntityManager may not commit: the transaction ends with withCompany'));
  }

  rollbackTransaction(): Promise<void> {
    return Promise.reject(new BugError('an EntityManager may not roll back: throw inside withCompany instead'));
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

/** Lends the connection of an open transaction, which has already begun and which it can never end. */
class BorrowedDriver extends ClosedDriver {
  readonly #connection: DatabaseConnection;

  constructor(transaction: Transaction) {
    super();
    this.#connection = {
      executeQuery: <Row>(query: CompiledQuery) => execute<Row>(transaction, query),
      streamQuery: () => {
        throw new BugError('an EntityManager does not stream; write a statement in src/store/sql');
      },
    };
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection);
  }

  override beginTransaction(): Promise<void> {
    return Promise.resolve();
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to savepoint "${name}"`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release savepoint "${name}"`));
  }
}

async function execute<Row>(transaction: Transaction, { sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
  const statement = { text: sql, values: [...parameters], types: ORM_TYPES };
  const { command, rowCount, rows } = await transaction.run((client) => client.query(statement));
  const isChange = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
  return { rows: rows as Row[], ...(isChange ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
}

/** Days and instants stay text here: the column types of the entities turn them into Temporal values, not into `Date`. */
const ORM_TYPES = new pg.TypeOverrides();
for (const oid of [1082, 1114, 1184, 1186]) ORM_TYPES.setTypeParser(oid, (text) => text);
const TEXT_ARRAY: number = 1009;
const parseTextArray = pg.types.getTypeParser(TEXT_ARRAY) as (text: string) => unknown;
for (const oid of [1182, 1115, 1185, 1187]) ORM_TYPES.setTypeParser(oid, parseTextArray);

/**
 * Identifiers arrive as numbers, as entities hold them: the ORM compares the key of a relation with what was read, and would rewrite
 * every row it read if one were text. Larger values stay text, which the entities turn into exact amounts or refuse.
 */
ORM_TYPES.setTypeParser(20, (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text));
