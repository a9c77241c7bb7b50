/**
 * The start-up self-check: decides from what the catalogue says whether this process may work at all. Every doubt ends it: a login or
 * a table that lets one company see another's rows would make every other precaution worthless.
 */
import { OperatorError } from '../../domain/operator-error.ts';
import type { Sql } from '../connection/sql.ts';
import { LATEST_MIGRATION, PROGRAM_SCHEMA } from '../schema/latest-migration.ts';
import { schemaState, schemaWindow, type SchemaState, type SchemaWindow } from '../sql/schema-state.ts';
import { bindingFacts, type BindingFacts } from '../sql/self-check.ts';

export type SchemaFinding = { readonly kind: 'current' } | { readonly kind: 'behind'; readonly latest: string | null };

/**
 * One short statement, and a second where tables are there.
 * @returns whether the tables are this release's; a database behind it may be migrated.
 * @throws OperatorError of kind `configuration`: `database.unbound-role|owner-login|open-table|standing-company|newer`
 */
export async function checkDatabase(sql: Sql): Promise<SchemaFinding> {
  const facts = await bindingFacts(sql);
  const fault = bindingFault(facts);
  if (fault !== null) throw fault;
  if (!facts.hasTables) return { kind: 'behind', latest: null };
  return judgeSchema(await schemaState(sql));
}

/** For a process that has been running for a while. @throws OperatorError `database.newer` when a migration has shut it out since. */
export async function refuseOutsideWindow(sql: Sql): Promise<void> {
  if (!isInside(await schemaWindow(sql))) throw newerDatabase();
}

/** The first thing that leaves companies open to each other; `null` when they are apart. */
export function bindingFault(facts: BindingFacts): OperatorError | null {
  const { unboundRoles, ownerRoles, openTables, standingCompany, isRowSecurityOn } = facts;
  if (unboundRoles.length > 0) return unboundRole(unboundRoles);
  if (ownerRoles.length > 0) return ownerLogin(ownerRoles);
  if (standingCompany !== null || !isRowSecurityOn) return standingSetting(isRowSecurityOn);
  return openTables.length > 0 ? openTable(openTables) : null;
}

/** A newer database is used only when its own newest release has said that this program may. */
export function judgeSchema({ latestMigration, window }: SchemaState): SchemaFinding {
  if (latestMigration === null || latestMigration < LATEST_MIGRATION) return { kind: 'behind', latest: latestMigration };
  const isAhead = latestMigration > LATEST_MIGRATION;
  if (!isInside(window) || (isAhead && window.newest <= PROGRAM_SCHEMA)) throw newerDatabase();
  return { kind: 'current' };
}

const isInside = ({ oldest, newest }: SchemaWindow): boolean => oldest <= PROGRAM_SCHEMA && PROGRAM_SCHEMA <= newest;

const refused = (code: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `database.${code}`, kind: 'configuration', message, tryThis });

const named = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

const unboundRole = (roles: readonly string[]): OperatorError =>
  refused(
    'unbound-role',
    `The login of the database is, or may become, ${named(roles)}: a superuser or a role that bypasses row-level security, so companies would not be kept apart.`,
    'Put the login of the role wafa_app in DATABASE_URL, and take other roles from it; the owner belongs in DATABASE_OWNER_URL.',
  );

const ownerLogin = (roles: readonly string[]): OperatorError =>
  refused(
    'owner-login',
    `The login of the database is, or may become, ${named(roles)}, which owns the tables and could take the walls between companies down.`,
    'Put the login of the role wafa_app in DATABASE_URL, and take other roles from it; the owner belongs in DATABASE_OWNER_URL.',
  );

const openTable = (tables: readonly string[]): OperatorError =>
  refused(
    'open-table',
    `Row-level security is missing, not forced or not the standard one on ${named(tables)}, so companies would not be kept apart there.`,
    'Find out who changed it. Have the owner put it right: enable and force row level security, and leave company_isolation as the only policy.',
  );

const standingSetting = (isRowSecurityOn: boolean): OperatorError =>
  refused(
    'standing-company',
    isRowSecurityOn
      ? 'A company is set for every connection of this login, so its rows would be open to all.'
      : 'Row-level security is switched off for this login.',
    `Take the setting away: alter role wafa_app reset ${isRowSecurityOn ? 'wafa.company_id' : 'row_security'}; look at the database's settings too.`,
  );

const newerDatabase = (): OperatorError =>
  refused(
    'newer',
    'The tables of the database belong to a newer release of Wafa than this one.',
    'Use that release; an older one could spoil what it does not know.',
  );
