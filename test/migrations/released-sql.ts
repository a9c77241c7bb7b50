/** The SQL of a migration as it is run, without running it. */
import type { Migration } from '@mikro-orm/migrations';

import { migrations } from '../../migrations/index.ts';

export interface MigrationSql {
  readonly name: string;
  /** Each ends in a semicolon. */
  readonly statements: readonly string[];
}

export function migrationSql(): Promise<readonly MigrationSql[]> {
  return Promise.all(migrations.map(async ({ name, class: made }) => ({ name, statements: await queriesOf(new made(...UNCONNECTED)) })));
}

/** Collecting statements needs neither a driver nor a configuration. */
const UNCONNECTED = [{}, {}] as unknown as ConstructorParameters<(typeof migrations)[number]['class']>;

async function queriesOf(migration: Migration): Promise<readonly string[]> {
  await migration.up();
  return migration.getQueries().map((query) => {
    if (typeof query !== 'string') throw new TypeError('our migrations are plain SQL');
    return query.trim().replace(/;?$/, ';');
  });
}
