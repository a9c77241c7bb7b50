/** What PostgreSQL's own catalogue says about our tables, so that a table nobody thought of is tested like the rest. */
import type pg from 'pg';

/** Tables without a company, named as such in the design, and the list of applied migrations. */
export const INSTALLATION_TABLES = [
  'directory',
  'directory_logins',
  'installation',
  'installation_daemons',
  'relay_hours',
  'relays',
  'schema_migrations',
];

type Row = Readonly<Record<string, unknown>>;

/** Rows of a catalogue query; names are read as text, so that arrays of them arrive as arrays. */
export async function catalogue<Found = Row>(client: pg.Client, text: string): Promise<readonly Found[]> {
  return (await client.query<Found & pg.QueryResultRow>(text)).rows;
}

export async function tenantTables(client: pg.Client): Promise<readonly string[]> {
  const rows = await catalogue<{ name: string }>(
    client,
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  return rows.map(({ name }) => name).filter((name) => !INSTALLATION_TABLES.includes(name));
}

/** Everything the migrations made, as text, in an order that does not depend on when it was made. */
export async function schemaSnapshot(client: pg.Client): Promise<Readonly<Record<string, readonly Row[]>>> {
  const parts: Record<string, readonly Row[]> = {};
  for (const [part, text] of Object.entries(SNAPSHOT)) parts[part] = await catalogue(client, text);
  return parts;
}

const OURS = `c.relnamespace = 'public'::regnamespace and c.relname not like '%schema_migrations%'`;

const SNAPSHOT = {
  relations: `select c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, pg_get_userbyid(c.relowner) as owner,
      obj_description(c.oid, 'pg_class') as comment, array(select a::text from unnest(c.relacl) a order by 1) as grants
    from pg_class c where ${OURS} order by 1`,
  columns: `select c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull, a.attidentity, a.attgenerated,
      pg_get_expr(d.adbin, d.adrelid) as default, col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${OURS} and c.relkind in ('r', 'v') order by 1, 2`,
  constraints: `select c.relname, k.conname, k.contype, pg_get_constraintdef(k.oid) as definition, k.convalidated
    from pg_constraint k join pg_class c on c.oid = k.conrelid where ${OURS} order by 1, 2`,
  indexes: `select c.relname, pg_get_indexdef(i.indexrelid) as definition, obj_description(i.indexrelid, 'pg_class') as comment
    from pg_index i join pg_class c on c.oid = i.indrelid where ${OURS} order by 1, 2`,
  policies: `select p.* from pg_policies p where p.schemaname = 'public' order by p.tablename, p.policyname`,
  views: `select c.relname, pg_get_viewdef(c.oid) as definition from pg_class c where ${OURS} and c.relkind = 'v' order by 1`,
} as const;
