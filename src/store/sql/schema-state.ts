import type { Sql } from '../connection/sql.ts';

export interface SchemaState {
  /** Name of the last migration applied; `null` when there are no tables yet. */
  readonly latestMigration: string | null;
  /** The login may see every company's rows: row-level security would not bind it. */
  readonly isUnbound: boolean;
}

/** Asked once by each process before its first statement. The table is looked up first: it does not exist in a new database. */
export async function schemaState(sql: Sql): Promise<SchemaState> {
  const { isThere, isUnbound } = await sql.one<{ readonly isThere: boolean; readonly isUnbound: boolean }>(
    `select to_regclass('schema_migrations') is not null as is_there, rolsuper or rolbypassrls as is_unbound
       from pg_roles where rolname = current_user`,
  );
  if (!isThere) return { latestMigration: null, isUnbound };
  const row = await sql.maybeOne<{ readonly name: string }>('select name from schema_migrations order by name desc limit 1');
  return { latestMigration: row?.name ?? null, isUnbound };
}
