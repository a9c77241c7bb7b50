/** What the catalogue says about our own login and about the walls between companies; asked before a process's first statement. */
import type { Sql } from '../connection/sql.ts';

export interface BindingFacts {
  /** Names of roles the login is or may become that see every company's rows: superusers and those with BYPASSRLS. */
  readonly unboundRoles: readonly string[];
  /** Owners of our tables that the login is or may become. */
  readonly ownerRoles: readonly string[];
  /** Tables and views that hold rows of companies without exactly the standard wall around them. */
  readonly openTables: readonly string[];
  /** A company set for every connection, by the role's, the database's or the connection's own settings; `null` as it should be. */
  readonly standingCompany: string | null;
  readonly isRowSecurityOn: boolean;
  /** The list of applied migrations and the installation's own row are there to be read. */
  readonly hasTables: boolean;
}

/** As PostgreSQL prints the policy of `migrations/tenant-table.ts`. */
const POLICY = `(company_id = (NULLIF(current_setting('wafa.company_id'::text, true), ''::text))::bigint)`;

/** The lists of companies and their logins, named in the design: they answer "which company is this" before one is known. */
const OPEN_BY_DESIGN = ['directory', 'directory_logins'];

/** Object ids below are PostgreSQL's own. */
const FIRST_OF_OURS = 16_384;

/**
 * One statement, of which each part is a look into catalogues that are small and in memory. Both the session's and the current role
 * count: what `set role` took away, `reset role` gives back.
 *
 * Printing a policy is the dear part, so equal ones are printed once: the same tree over a company_id at the same position is the
 * same policy. (Before PostgreSQL 17 trees remember their place in the source text; there each is printed.)
 */
export const bindingFacts = (sql: Sql): Promise<BindingFacts> =>
  sql.one<BindingFacts>(
    `with held as materialized (
       select c.oid, c.relname::text as name, c.relkind, c.relowner, c.relrowsecurity and c.relforcerowsecurity as is_forced, c.reloptions,
              a.attnum
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and a.attnum > 0
        where c.oid >= ${FIRST_OF_OURS} and c.relpersistence <> 't' and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and c.relnamespace = any (current_schemas(false)::text[]::regnamespace[])
     ), policies as materialized (
       select p.polrelid, h.attnum, p.polpermissive and p.polcmd = '*' and p.polroles = '{0}' as is_for_all,
              md5(p.polqual::text) as shown, md5(p.polwithcheck::text) as taken
         from held h join pg_policy p on p.polrelid = h.oid
     ), printed as materialized (
       select d.shown, d.taken, d.attnum, pg_get_expr(p.polqual, p.polrelid) = $1 and pg_get_expr(p.polwithcheck, p.polrelid) = $1 as is_standard
         from (select shown, taken, attnum, min(polrelid) as polrelid from policies where is_for_all group by shown, taken, attnum) d
         join pg_policy p on p.polrelid = d.polrelid
     ), walls as materialized (
       select p.polrelid, count(*) = 1 and bool_and(coalesce(d.is_standard, false)) as is_standard
         from policies p left join printed d on p.is_for_all and d.shown = p.shown and d.taken = p.taken and d.attnum = p.attnum
        group by p.polrelid
     ), ours as materialized (
       select r.oid, r.rolname::text as name, r.rolsuper or r.rolbypassrls as is_unbound
         from pg_roles r where pg_has_role(session_user, r.oid, 'member') or pg_has_role(current_user, r.oid, 'member')
     )
     select array(select name from ours where is_unbound order by name) as unbound_roles,
            array(select name from ours where oid in (select relowner from held) and not is_unbound order by name) as owner_roles,
            array(select name from held left join walls on polrelid = held.oid
                   where name <> all ($2::text[])
                     and case relkind when 'v' then not coalesce('security_invoker=true' = any (reloptions), false)
                              when 'm' then true when 'f' then true
                              else not (is_forced and coalesce(is_standard, false)) end
                   order by name) as open_tables,
            nullif(current_setting('wafa.company_id', true), '') as standing_company,
            current_setting('row_security') = 'on' as is_row_security_on,
            to_regclass('schema_migrations') is not null and to_regclass('installation') is not null as has_tables`,
    [POLICY, OPEN_BY_DESIGN],
  );
