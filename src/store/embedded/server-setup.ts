/** What a running embedded server must hold before anyone uses it, and who is in charge of it. */
import type pg from 'pg';

import { createDatabaseSql, databaseGrantsSql, type RolePasswords, rolesSql } from '../connection/roles.ts';
import { DATABASE } from './logins.ts';

/** A supervisor's session carries this name and its process id, which every role may see: so clients know who looks after the server. */
export const SUPERVISOR_NAME = 'wafa supervisor';

/** Any constant: advisory locks are numbers shared by the whole database. */
const IN_CHARGE = 2_026_112_201;

/** Takes charge of the server for as long as the session lasts. @returns false when another supervisor has it. */
export async function takeCharge(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [IN_CHARGE]);
  if (rows[0]?.taken !== true) return false;
  await session.query(`set application_name = '${SUPERVISOR_NAME} ${process.pid}'`);
  return true;
}

/** Creates or corrects the roles, and creates the database. The caller is in charge, so nobody else does it meanwhile. */
export async function ensureDatabase(session: pg.Client, passwords: RolePasswords): Promise<void> {
  for (const statement of rolesSql(passwords)) await session.query(statement);
  const { rows } = await session.query('select from pg_database where datname = $1', [DATABASE]);
  if (rows.length === 0) await session.query(createDatabaseSql(DATABASE));
  for (const statement of databaseGrantsSql(DATABASE)) await session.query(statement);
}
