/**
 * The database roles and what each may do. The owner makes tables and is used by migrations alone; the application role
 * works under row-level security and can neither bypass it nor change a table; the backup role reads everything and
 * writes nothing. Tables are granted one by one in migrations, so that an append-only table stays append-only.
 */

/** Fixed names: roles belong to the whole server, and migrations grant to them by name. */
export const ROLES = {
  admin: 'wafa_admin',
  owner: 'wafa_owner',
  application: 'wafa_app',
  backup: 'wafa_backup',
} as const;

export type RolePasswords = Readonly<Record<keyof typeof ROLES, string>>;

type LoginRole = Exclude<keyof typeof ROLES, 'admin'>;

const ATTRIBUTES: Readonly<Record<LoginRole, string>> = {
  owner: 'login nosuperuser nocreatedb nocreaterole nobypassrls',
  application: 'login nosuperuser nocreatedb nocreaterole nobypassrls',
  // A dump must hold every company's rows: without BYPASSRLS it would silently be empty.
  backup: 'login nosuperuser nocreatedb nocreaterole bypassrls',
};

/**
 * Statements that create the roles, or bring existing ones back to what they must be. An administrator of a server runs
 * them once, connected to any database; the embedded server runs them at every start.
 */
export function rolesSql(passwords: Readonly<Record<LoginRole, string>>): readonly string[] {
  const statements = (['owner', 'application', 'backup'] as const).flatMap((role) => [
    createRoleUnlessThere(ROLES[role]),
    `alter role ${ROLES[role]} with ${ATTRIBUTES[role]} password ${literal(passwords[role])}`,
  ]);
  return [...statements, `grant pg_read_all_data to ${ROLES.backup}`, `alter role ${ROLES.backup} set default_transaction_read_only = on`];
}

/** The statement that creates a database of ours: always UTF-8, because names are Arabic and English. */
export const createDatabaseSql = (database: string): string =>
  `create database ${identifier(database)} owner ${ROLES.owner} encoding 'UTF8' template template0`;

/** Statements that close a database to everyone but our roles; run them connected to any database as an administrator. */
export const databaseGrantsSql = (database: string): readonly string[] => [
  `revoke all on database ${identifier(database)} from public`,
  `grant connect on database ${identifier(database)} to ${ROLES.application}, ${ROLES.backup}`,
  // Imports stage their rows in temporary tables.
  `grant temporary on database ${identifier(database)} to ${ROLES.application}`,
];

/** PostgreSQL has no `create role if not exists`; two administrators at once must not fail either. */
const createRoleUnlessThere = (role: string): string =>
  `do $$ begin create role ${role}; exception when duplicate_object or unique_violation then null; end $$`;

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
