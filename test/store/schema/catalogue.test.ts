/** Rules that every table found in the database must keep, so that a table added tomorrow cannot forget one of them. */
import { describe, expect, test } from 'vitest';

import { ROLES } from '../../../src/store/connection/roles.ts';
import { testDatabase } from '../../support/database.ts';
import { catalogue, INSTALLATION_TABLES, tenantTables } from './catalogue.ts';

const database = testDatabase();

const OURS = `c.relnamespace = 'public'::regnamespace`;
const TENANT = `${OURS} and c.relkind in ('r', 'p') and c.relname not in (${INSTALLATION_TABLES.map((name) => `'${name}'`).join(', ')})`;

/** As PostgreSQL prints the policy of `migrations/tenant-table.ts`. */
const POLICY = `(company_id = (NULLIF(current_setting('wafa.company_id'::text, true), ''::text))::bigint)`;

/** Statements that list what breaks a rule: each must come back empty. */
const RULES: Readonly<Record<string, string>> = {
  'a tenant table has a company_id that is a bigint and never empty': `
    select c.relname from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
     where ${TENANT} and (a.attnum is null or a.atttypid <> 'bigint'::regtype or not a.attnotnull or a.attgenerated <> '' or a.attidentity <> '')`,

  'the primary key of a tenant table begins with company_id': `
    select c.relname, k.conkey from pg_class c left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
     where ${TENANT} and (k.oid is null or k.conkey[1] <> ${numberOf('company_id')})`,

  'a tenant table has row-level security, forced on its owner too': `
    select c.relname from pg_class c where ${TENANT} and not (c.relrowsecurity and c.relforcerowsecurity)`,

  'a tenant table has exactly the one policy, permissive, for everything and everyone, with the standard text': `
    select c.relname from pg_class c where ${TENANT} and (select array_agg(array[
        p.policyname::text, p.permissive, p.cmd, p.roles::text, p.qual, p.with_check])
      from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname)
      is distinct from array[array['company_isolation', 'PERMISSIVE', 'ALL', '{public}', $$${POLICY}$$, $$${POLICY}$$]]`,

  'a row leads to a company there is, by a key of its own or by a row it cannot be without': `
    with recursive led (id) as (
      select 'companies'::regclass::oid
      union
      select k.conrelid from pg_constraint k join led on led.id = k.confrelid
       where k.contype = 'f' and k.conrelid <> k.confrelid
         and (select bool_and(a.attnotnull) from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)))
    select c.relname from pg_class c where ${TENANT} and c.oid not in (select id from led)`,

  'a foreign key between tenant tables carries company_id at the same place on both sides': `
    select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
     where ${TENANT} and k.contype = 'f' and not exists (
       select from unnest(k.conkey, k.confkey) as pair (here, there)
        where here = ${numberOf('company_id')} and there = ${numberOf('company_id', 'k.confrelid')})`,

  'no key acts on rows by itself: neither on delete nor on update': `
    select c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
     where ${OURS} and k.contype = 'f' and (k.confdeltype <> 'a' or k.confupdtype <> 'a')`,

  'no tenant table is referenced by a table without a company': `
    select c.relname from pg_constraint k join pg_class c on c.oid = k.confrelid join pg_class r on r.oid = k.conrelid
     where ${TENANT} and k.contype = 'f' and r.relname in (${INSTALLATION_TABLES.map((name) => `'${name}'`).join(', ')})`,

  'every index of a tenant table, and so every unique one, begins with company_id': `
    select c.relname, i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
     where ${TENANT} and i.indkey[0] <> ${numberOf('company_id')}`,

  'every index says who uses it, unless it backs a key': `
    select c.relname, i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
     where ${OURS} and c.relname not like '%migrations%' and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
       and coalesce(obj_description(i.indexrelid, 'pg_class'), '') !~ '^[a-z, ]+: .'`,

  'no constraint was left unchecked and no index unfinished': `
    select conname::text from pg_constraint where not convalidated
    union all select indexrelid::regclass::text from pg_index where not indisvalid`,

  'a view reads as whoever asks': `
    select c.relname from pg_class c where ${OURS} and c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)`,

  'there is no materialised view, trigger, rule, enum type or function of ours: row-level security or a sharded database would suffer': `
    select c.relname::text from pg_class c where ${OURS} and c.relkind = 'm'
    union all select tgname::text from pg_trigger where not tgisinternal
    union all select r.rulename::text from pg_rewrite r join pg_class c on c.oid = r.ev_class where ${OURS} and c.relkind <> 'v'
    union all select typname::text from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'
    union all select proname::text from pg_proc where pronamespace = 'public'::regnamespace`,

  'the owner owns every table, and nobody else does': `
    select c.relname from pg_class c where ${OURS} and c.relkind in ('r', 'p', 'v', 'S') and pg_get_userbyid(c.relowner) <> '${ROLES.owner}'`,

  'the application may not truncate, reference or put triggers on any table, nor create one': `
    select c.relname::text from pg_class c where ${OURS} and c.relkind in ('r', 'p', 'v') and
      (has_table_privilege('${ROLES.application}', c.oid, 'truncate') or has_table_privilege('${ROLES.application}', c.oid, 'references')
       or has_table_privilege('${ROLES.application}', c.oid, 'trigger'))
    union all select 'schema public' where has_schema_privilege('${ROLES.application}', 'public', 'create')`,

  'the application is neither superuser nor owner and cannot bypass row-level security or make roles': `
    select rolname from pg_roles where rolname = '${ROLES.application}'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or pg_has_role(rolname, '${ROLES.owner}', 'member'))`,

  'the application may read every tenant table and add to it': `
    select c.relname from pg_class c where ${TENANT}
      and not (has_table_privilege('${ROLES.application}', c.oid, 'select') and has_table_privilege('${ROLES.application}', c.oid, 'insert'))`,

  'the backup role reads everything and changes nothing': `
    select c.relname from pg_class c where ${OURS} and c.relkind in ('r', 'p') and (not has_table_privilege('${ROLES.backup}', c.oid, 'select')
      or has_table_privilege('${ROLES.backup}', c.oid, 'insert') or has_table_privilege('${ROLES.backup}', c.oid, 'update')
      or has_table_privilege('${ROLES.backup}', c.oid, 'delete'))`,

  'amounts are whole minor units and no column is a float': `
    select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
     where ${OURS} and a.attnum > 0 and not a.attisdropped
       and ((a.attname like '%\\_minor' and a.atttypid <> 'bigint'::regtype) or a.atttypid in ('real'::regtype, 'double precision'::regtype, 'money'::regtype))`,

  'a column named …_at is an instant and one named …_on is a day': `
    select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
     where ${OURS} and c.relname not like '%migrations%' and a.attnum > 0 and not a.attisdropped
       and ((a.attname like '%\\_at' and a.atttypid <> 'timestamptz'::regtype) or (a.attname like '%\\_on' and a.atttypid <> 'date'::regtype)
         or a.atttypid = 'timestamp'::regtype)`,
};

function numberOf(column: string, table = 'c.oid'): string {
  return `(select attnum from pg_attribute where attrelid = ${table} and attname = '${column}')`;
}

const broken = (rule: string): Promise<readonly unknown[]> => catalogue(database().admin, RULES[rule]!);

describe('every table of the database', () => {
  test.for(Object.keys(RULES))('%s', async (rule) => {
    expect(await broken(rule)).toEqual([]);
  });

  test('belongs to a company or is one of the few named ones', async () => {
    const { admin } = database();
    const all = await catalogue<{ name: string }>(admin, `select relname::text as name from pg_class c where ${OURS} and relkind = 'r'`);
    const named = all.map(({ name }) => name).filter((name) => INSTALLATION_TABLES.includes(name));
    expect(named.toSorted()).toEqual(INSTALLATION_TABLES);
    expect(await tenantTables(admin)).toHaveLength(38);
  });

  test('the application cannot rewrite the audit log or a policy', async () => {
    const rows = await catalogue<{ name: string; privileges: string[] }>(
      database().admin,
      `select c.relname::text as name, array(select p from unnest(array['update', 'delete']) p
          where has_table_privilege('${ROLES.application}', c.oid, p) or (p = 'update' and has_any_column_privilege('${ROLES.application}', c.oid, p)))
          as privileges from pg_class c where ${TENANT} and c.relname in ('audit_logs', 'policy_versions')`,
    );
    expect(rows.map(({ privileges }) => privileges)).toEqual([[], []]);
  });
});

describe('each rule sees what it is there to see', () => {
  /** A table with every fault at once, made and rolled back by the owner of a superuser's connection. */
  const FAULTY = `
    create type mood as enum ('A');
    create table other (company_id bigint not null, id bigint not null, primary key (company_id, id));
    create table faulty (id int primary key, company_id int, other_company bigint, other_id bigint, paid_minor int, sent_at date, weight real, unique (paid_minor));
    create index faulty_other on faulty (other_id);
    alter table faulty add foreign key (other_company, other_id) references other (company_id, id) on delete cascade not valid;
    alter table directory add foreign key (company_id, backlog) references other (company_id, id) not valid;
    create view faulty_view as select * from faulty;
    create materialized view faulty_copy as select * from faulty;
    grant all on faulty to ${ROLES.application}, ${ROLES.backup};
    alter role ${ROLES.application} createdb`;

  /** Rules about grants: broken by {@link FAULTY} as well, or by its missing grants on the other table. */
  test.for(Object.keys(RULES))('%s', async (rule) => {
    const { admin } = database();
    await admin.query('begin');
    try {
      await admin.query(FAULTY);
      expect(await broken(rule)).not.toEqual([]);
    } finally {
      await admin.query('rollback');
    }
  });

  test('a second policy, which would open what the first one closes, is noticed', async () => {
    const { admin } = database();
    const rule = Object.keys(RULES).find((name) => name.includes('exactly the one policy'))!;
    await admin.query('begin');
    try {
      await admin.query('create policy everybody on customers for select using (true)');
      expect(await broken(rule)).toEqual([{ relname: 'customers' }]);
    } finally {
      await admin.query('rollback');
    }
  });
});
