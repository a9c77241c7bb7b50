import type { Sql } from '../connection/sql.ts';

export interface SchemaState {
  /** Name of the last migration applied; `null` when none is. */
  readonly latestMigration: string | null;
  /** Which programs may work on these tables. */
  readonly window: SchemaWindow;
}

/** Numbers of program schemas, both ends included. A release that changes what an older program relies on raises `oldest`. */
export interface SchemaWindow {
  readonly oldest: number;
  readonly newest: number;
}

/** Only where the tables are known to be there. */
export async function schemaState(sql: Sql): Promise<SchemaState> {
  const { latest, ...window } = await sql.one<SchemaWindow & { readonly latest: string | null }>(
    `select (select name from schema_migrations order by name desc limit 1) as latest, ${WINDOW} from installation where id = 1`,
  );
  return { latestMigration: latest, window };
}

/** For whoever runs for long as well: a migration may close the window on a program that was inside it when it started. */
export const schemaWindow = (sql: Sql): Promise<SchemaWindow> => sql.one<SchemaWindow>(`select ${WINDOW} from installation where id = 1`);

const WINDOW = 'oldest_program_schema as oldest, newest_program_schema as newest';
