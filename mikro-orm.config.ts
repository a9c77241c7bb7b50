/**
 * For MikroORM's own tools (its CLI, its debugger): the entities and migrations of Wafa over the owner's connection. Wafa itself never
 * reads this file: it opens its connections in `src/store/connection`, and migrates with `wafa db migrate`.
 */
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import pg from 'pg';

import { readDatabaseSettings } from './src/store/connection/settings.ts';
import { applicationTarget, ownerLogin } from './src/store/connection/target.ts';
import { ormOptions } from './src/store/orm.ts';
import { MIGRATION_OPTIONS } from './src/store/schema/migration-options.ts';

/** Starts the built-in database when no other is named. */
export default async function mikroOrmConfig(): Promise<ReturnType<typeof defineConfig>> {
  const owner = ownerLogin(await applicationTarget(readDatabaseSettings(process.env)));
  const pool = new pg.Pool({ ...owner, max: 2 });
  const { rows } = await pool.query<{ name: string }>('select current_database() as name');
  return defineConfig({
    ...ormOptions(new PostgresDialect({ pool })),
    dbName: rows[0]?.name ?? '',
    extensions: [Migrator],
    migrations: MIGRATION_OPTIONS,
  });
}
