import { UnderscoreNamingStrategy } from '@mikro-orm/postgresql';

/** PostgreSQL's own limit, in bytes; our names are ASCII. */
const LONGEST_NAME = 63;

const LABELS = {
  primary: 'pkey',
  foreign: 'fkey',
  unique: 'key',
  index: 'idx',
  check: 'check',
  sequence: 'seq',
  default: 'default',
  trigger: 'trigger',
} as const;

/**
 * Names constraints the way PostgreSQL does when a migration leaves them unnamed, so that entities and migrated tables agree
 * without a name written on every key. Long names are shortened as in PostgreSQL's `makeObjectName`: the longer part gives way.
 */
export class PostgresNamingStrategy extends UnderscoreNamingStrategy {
  override indexName(table: string, columns: string[], kind: keyof typeof LABELS): string {
    if (kind === 'primary') return shortened(table, '', LABELS.primary);
    return shortened(table, columns.join('_'), LABELS[kind]);
  }
}

function shortened(table: string, columns: string, label: string): string {
  const separators = columns === '' ? 1 : 2;
  const room = LONGEST_NAME - label.length - separators;
  let tableLength = table.length;
  let columnsLength = columns.length;
  while (tableLength + columnsLength > room) {
    if (tableLength > columnsLength) tableLength -= 1;
    else columnsLength -= 1;
  }
  return [table.slice(0, tableLength), columns.slice(0, columnsLength), label].filter((part) => part !== '').join('_');
}
