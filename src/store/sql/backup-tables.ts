/** The statements of writing a whole database out and reading it back in, on a connection of its own. */
import type pg from 'pg';

export interface BackedUpTable {
  /** Quoted where it must be. */
  readonly name: string;
  /** Without computed columns, which compute themselves. */
  readonly columns: readonly string[];
  /** Columns that number themselves. */
  readonly identities: readonly string[];
}

/** Ours, in an order that does not matter: keys between them are taken away while they are read in. */
export async function tablesToBackUp(client: pg.Client): Promise<readonly BackedUpTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; identities: string[] }>(
    `select c.oid::regclass::text as name,
            array(select quote_ident(a.attname) from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
            array(select quote_ident(a.attname) from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity <> '' order by a.attnum) as identities
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like '%schema_migrations%' order by 1`,
  );
  return rows;
}

/** The migrations applied, with when. */
export async function migrationsOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name');
  return rows.map(({ name }) => name);
}

/** One moment for all tables, whoever writes meanwhile. A statement limit of the server must not cut a large table short. */
export const BEGIN_SNAPSHOT =
  'begin isolation level repeatable read read only; set local statement_timeout = 0; set local row_security = off';

export const copyOutSql = ({ name, columns }: BackedUpTable): string => `copy (select ${columns.join(', ')} from ${name}) to stdout`;

export const copyInSql = ({ name, columns }: BackedUpTable): string => `copy ${name} (${columns.join(', ')}) from stdin`;

/** Any company yet? Then the database is somebody's, and nothing is restored over it. */
export async function holdsCompanies(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('select exists (select from directory) as there');
  return rows[0]?.there === true;
}

interface Key {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Takes every key between tables away, for as long as the transaction lasts. @returns what puts them back, checked against every row. */
export async function dropKeys(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<Key>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`);
}

/** COPY does not write into a table whose owner is held to row-level security; @returns what puts the walls back. */
export async function liftWalls(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relforcerowsecurity order by 1`,
  );
  for (const { name } of rows) await client.query(`alter table ${name} no force row level security`);
  return rows.map(({ name }) => `alter table ${name} force row level security`);
}

/** What migrations put into a table of a fresh database is replaced by what the backup has. */
export const emptyTable = (client: pg.Client, name: string): Promise<unknown> => client.query(`delete from ${name}`);

/** The next number given is one nobody has. */
export async function continueNumbers(client: pg.Client, { name, identities }: BackedUpTable): Promise<void> {
  for (const column of identities) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max(${column}) from ${name}), 1), (select max(${column}) is not null from ${name}))`,
      [name, column.replaceAll('"', '')],
    );
  }
}

/** The kill switch of the installation, thrown by the owner of the tables while no company can act yet. */
export const STOP_SENDING =
  'update installation set is_sending_stopped = true, sending_stopped_reason = $1, sending_stopped_at = now() where id = 1';
