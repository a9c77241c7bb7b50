/** What the catalogue has of the rules, indexes and rights that this release's tables must have. */
import type { Sql } from '../../connection/sql.ts';
import { ROLES } from '../../connection/roles.ts';

export interface NamedObject {
  readonly table: string;
  readonly name: string;
}

/** Those of the wanted constraints that are missing, were never checked against the rows, or are foreign keys whose triggers are off. */
export const constraintsAtFault = (
  sql: Sql,
  wanted: readonly NamedObject[],
): Promise<readonly (NamedObject & { readonly fault: string })[]> =>
  sql.query(
    `select w.table, w.name,
            case when k.oid is null then 'is missing' when not k.convalidated then 'was never checked against the rows that are there'
                 else 'has its triggers switched off' end as fault
       from unnest($1::text[], $2::text[]) as w("table", name)
       left join pg_constraint k on k.conname = w.name and k.conrelid = to_regclass(w.table)
      where k.oid is null or not k.convalidated
         or exists (select from pg_trigger t where t.tgconstraint = k.oid and t.tgenabled <> 'O')
      order by 1, 2`,
    [wanted.map(({ table }) => table), wanted.map(({ name }) => name)],
  );

/** Those of the wanted indexes that are missing, or that PostgreSQL does not trust because building them failed. */
export const indexesAtFault = (sql: Sql, wanted: readonly NamedObject[]): Promise<readonly (NamedObject & { readonly fault: string })[]> =>
  sql.query(
    `select w.table, w.name, case when i.indexrelid is null then 'is missing' else 'is not valid' end as fault
       from unnest($1::text[], $2::text[]) as w("table", name)
       left join pg_index i on i.indexrelid = to_regclass(w.name) and i.indrelid = to_regclass(w.table)
      where i.indexrelid is null or not i.indisvalid
      order by 1, 2`,
    [wanted.map(({ table }) => table), wanted.map(({ name }) => name)],
  );

/** Tables whose rows are written once: nobody changes history. The audit is why; the others say what was decided, and by whom. */
const APPEND_ONLY = ['audit_logs', 'policy_versions', 'company_ramadans', 'requested_mail_documents'];

/** Rights the application must not have: changing what is written once, emptying a table, making one. */
export const rightsTooMany = (sql: Sql): Promise<readonly { readonly table: string; readonly right: string }[]> =>
  sql.query(
    `select c.relname::text as table, r.right
       from pg_class c cross join unnest(array['update', 'delete', 'truncate', 'trigger']) r("right")
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege('${ROLES.application}', c.oid, r.right)
        and (r.right in ('truncate', 'trigger') or c.relname = any ($1::text[]))
     union all
     select 'schema public', 'create' where has_schema_privilege('${ROLES.application}', 'public', 'create')
      order by 1, 2`,
    [APPEND_ONLY],
  );

/** Names of the migrations applied, in order. */
export async function appliedMigrations(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.query<{ readonly name: string }>('select name from schema_migrations order by name');
  return rows.map(({ name }) => name);
}

/** Rows of a table as the statistics think: what the planner goes by. */
export async function rowsThought(sql: Sql, table: string): Promise<number> {
  const { rows } = await sql.one<{ readonly rows: number }>(
    'select greatest(reltuples, 0)::bigint as rows from pg_class where oid = to_regclass($1)',
    [table],
  );
  return rows;
}
