/**
 * The statements every tenant table gets, so that no table can be given a policy of its own making.
 * One permissive policy with a bare `current_setting`: Citus refuses subqueries in policies and drops the word RESTRICTIVE
 * when it copies them to shards, so two policies would become one that lets everything through.
 */

/** Text of the only policy a tenant table has. `nullif` makes a forgotten company mean no rows instead of an error. */
export const TENANT_POLICY = `company_id = nullif(current_setting('wafa.company_id', true), '')::bigint`;

type Privilege = 'select' | 'insert' | 'update' | 'delete';

/** Enables and forces row-level security and grants the application role what it needs; the default is everything but TRUNCATE. */
export function protectTenantTable(table: string, granted: readonly Privilege[] = ['select', 'insert', 'update', 'delete']): string {
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy company_isolation on ${table} using (${TENANT_POLICY}) with check (${TENANT_POLICY});
    grant ${granted.join(', ')} on ${table} to wafa_app;
    grant select on ${table} to wafa_backup;`;
}

/**
 * For statements of a later migration that touch rows of these tables, or make the database look at them (a foreign key, a CHECK, NOT
 * NULL): the owner is held to row-level security like everybody, so without this such a statement sees no rows and silently succeeds.
 * One transaction with the migration, so the walls are never down for anyone else.
 */
export function onRowsOf(tables: string | readonly string[], statements: string): string {
  const all = [tables].flat();
  return `
    ${all.map((table) => `alter table ${table} no force row level security;`).join(' ')}
    ${statements.trim().replace(/;?$/, ';')}
    ${all.map((table) => `alter table ${table} force row level security;`).join(' ')}`;
}

/** Grants on the few tables that hold no tenant's data and so have no policy. */
export function openInstallationTable(table: string): string {
  return `
    grant select, insert, update, delete on ${table} to wafa_app;
    grant select on ${table} to wafa_backup;`;
}

/** A CHECK list for a text column: `('A', 'B')`. The words are written out here, not imported, because a migration never changes. */
export const oneOf = (column: string, words: readonly string[]): string => `${column} in (${words.map((word) => `'${word}'`).join(', ')})`;
