/** What was asked for, item by item, and whether the names given as its present place exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { commandRegistry } from '../../src/app/commands/registry.ts';
import { POLICY_FIELDS } from '../../src/domain/policy/fields.ts';
import * as vocabulary from '../../src/domain/vocabulary.ts';
import { packagePath } from '../../src/package-root.ts';
import { testDatabase } from '../support/database.ts';
import { inBackticks, readDocument, tableRowsOf } from './markdown.ts';
import { SEED_ITEMS } from './seed-items.ts';

const rows = tableRowsOf(readDocument('docs/seed-map.md'));
const database = testDatabase();

describe('the map of what was asked for', () => {
  test('has a row for each item under its heading, and for nothing else', () => {
    const told = Map.groupBy(rows, ({ under }) => under);
    const items = Object.fromEntries([...told].map(([under, of]) => [under, of.map(({ cells }) => plain(cells[0]))]));
    expect(items).toEqual(SEED_ITEMS);
  });

  test('says of every item where it lives, what replaced it, or "not yet"', () => {
    const silent = rows.filter(({ cells: [, place = ''] }) => namesIn(place).length === 0 && !/not yet|Gone/.test(place));
    expect(silent).toEqual([]);
  });

  test('names only what exists', async () => {
    const known = await knownNames();
    const named = rows.flatMap(({ cells: [, place = ''] }) => namesIn(place));
    expect(named.length).toBeGreaterThan(150);
    expect(named.filter((name) => !exists(name, known))).toEqual([]);
  });

  test('would notice a name that does not exist', async () => {
    const known = await knownNames();
    const gone = [
      'file:src/nowhere.ts',
      'table:nowhere',
      'column:customers.nowhere',
      'constraint:nowhere',
      'index:nowhere',
      'view:nowhere',
    ];
    const others = ['verb:nowhere', 'type:Nowhere', 'word:NOWHERE', 'policy:no.where', 'role:nowhere', 'nothing:known'];
    expect([...gone, ...others].filter((name) => exists(name, known))).toEqual([]);
  });
});

const plain = (cell = ''): string => cell.replaceAll('`', '');

/** `prefix:name`; other words in backticks are only words. */
const namesIn = (cell: string): readonly string[] => inBackticks(cell).filter((name) => /^[a-z]+:/.test(name));

function exists(name: string, known: ReadonlySet<string>): boolean {
  return name.startsWith('file:') ? existsSync(packagePath(name.slice('file:'.length))) : known.has(name);
}

async function knownNames(): Promise<ReadonlySet<string>> {
  const { rows: inDatabase } = await database().admin.query<{ name: string }>(CATALOGUE);
  return new Set([
    ...inDatabase.map(({ name }) => name),
    ...commandRegistry.map(({ name }) => `verb:${name}`),
    ...POLICY_FIELDS.map(({ key }) => `policy:${key}`),
    ...Object.values<unknown>(vocabulary).flatMap((list) => (Array.isArray(list) ? list.map((word: string) => `word:${word}`) : [])),
    ...exportedTypes().map((name) => `type:${name}`),
  ]);
}

const CATALOGUE = `
  select case c.relkind when 'v' then 'view:' else 'table:' end || c.relname as name
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
  union all select 'column:' || c.relname || '.' || a.attname
    from pg_attribute a join pg_class c on c.oid = a.attrelid
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
  union all select 'constraint:' || conname from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index:' || relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'i'
  union all select 'role:' || rolname from pg_roles`;

const exportedTypes = (): readonly string[] =>
  readdirSync(packagePath('src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(packagePath('src', name), 'utf8').matchAll(/^export (?:type|interface|class) (\w+)/gm)])
    .map(([, name = '']) => name);
