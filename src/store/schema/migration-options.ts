import type { MigrationsOptions } from '@mikro-orm/core';

import { migrations } from '../../../migrations/index.ts';

/** Names what has been applied, in order. */
export const MIGRATIONS_TABLE = 'schema_migrations';

/** How migrations run, for `migrate.ts` and for MikroORM's own tools alike. */
export const MIGRATION_OPTIONS = {
  tableName: MIGRATIONS_TABLE,
  migrationsList: migrations.map(({ name, class: migration }) => ({ name, class: migration })),
  // One transaction each, so that an index built concurrently never waits for our own earlier statements.
  allOrNothing: false,
  transactional: true,
  disableForeignKeys: false,
  // Migrations are written by hand; the schema test compares them with the entities.
  snapshot: false,
  // Should somebody generate one all the same, it takes nothing away.
  safe: true,
} satisfies MigrationsOptions;
