/** The names of every rule, key and index the tables must have, from the entities and the list of what entities cannot say. */
import { expectedSchema } from '../orm.ts';
import { DATABASE_ONLY } from './database-only.ts';

export interface ExpectedObjects {
  /** CHECKs and foreign keys. */
  readonly constraints: readonly { readonly table: string; readonly name: string }[];
  readonly indexes: readonly { readonly table: string; readonly name: string }[];
}

/** Loads the ORM; asks no database. */
export function expectedObjects(): ExpectedObjects {
  const tables = expectedSchema().getTables();
  const constraints = tables.flatMap((table) =>
    [...table.getChecks().map(({ name }) => name), ...Object.keys(table.getForeignKeys())].map((name) => ({ table: table.name, name })),
  );
  const indexes = tables.flatMap((table) =>
    table.getIndexes().map(({ keyName, primary }) => ({ table: table.name, name: primary ? `${table.name}_pkey` : keyName })),
  );
  return { constraints: [...constraints, ...DATABASE_ONLY.foreignKeys], indexes };
}
