/** What squawk, the linter for PostgreSQL migrations, has against ours. Each exception stands here with its reason. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { packagePath } from '../../src/package-root.ts';
import { migrationSql } from './released-sql.ts';

/** Its binary comes as an optional package, on Linux with an x64 processor only: elsewhere these tests are left out. */
const SQUAWK = packagePath('node_modules', '@squawk-cli', 'linux-x64', 'bin', 'squawk');

/** Rules that hold for no migration of ours, and why. */
const WAIVED: Readonly<Record<string, string>> = {
  'require-lock-timeout': 'the migrator sets lock_timeout on its connections and tries again',
  'require-statement-timeout': 'the migrator sets statement_timeout on its connections',
  'prefer-bigint-over-int': 'keys and amounts are bigint (the catalogue tests see to it); int holds versions, positions, days and counts',
};

/** Exceptions of one migration: `NAME: rule` and why. */
const OFFLINE = 'the program is stopped while a migration runs, which holds its tables no longer than reading them once takes';
const WAIVED_IN: Readonly<Record<string, string>> = {
  'Migration20261123001000: constraint-missing-not-valid':
    'one pass over the customers, in the same transaction because only there the owner sees their rows',
  'Migration20261123002000: constraint-missing-not-valid': OFFLINE,
  'Migration20261123002000: adding-foreign-key-constraint': OFFLINE,
  'Migration20261123003000: require-concurrent-index-creation': OFFLINE,
  'Migration20261123003000: adding-foreign-key-constraint': OFFLINE,
  'Migration20261123003000: constraint-missing-not-valid': OFFLINE,
  'Migration20261123003000: adding-field-with-default': OFFLINE,
  'Migration20261123004000: constraint-missing-not-valid': OFFLINE,
  'Migration20261123004000: adding-foreign-key-constraint': OFFLINE,
  'Migration20261123004200: constraint-missing-not-valid': OFFLINE,
  'Migration20261123004200: adding-foreign-key-constraint': OFFLINE,
  'Migration20261123004200: disallowed-unique-constraint': OFFLINE,
  'Migration20261123008600: adding-field-with-default': 'one row per company: there are few',
  'Migration20261123005000: constraint-missing-not-valid': 'the column is new and null in every row, so there is nothing to look at',
  'Migration20261123005000: require-concurrent-index-creation':
    'of attempts without a known outcome only: there are none while nobody sends, and senders of an older release are stopped for it',
  'Migration20261123006000: require-concurrent-index-creation': OFFLINE,
  'Migration20261123006000: require-concurrent-index-deletion': OFFLINE,
  'Migration20261123006000: constraint-missing-not-valid': OFFLINE,
  'Migration20261123006000: disallowed-unique-constraint': OFFLINE,
  'Migration20261123006000: adding-field-with-default': OFFLINE,
  'Migration20261123006300: require-concurrent-index-creation': OFFLINE,
  'Migration20261123008000: require-concurrent-index-creation': OFFLINE,
  'Migration20261123006000: ban-drop-column': 'each is made again by the next statement, with the same values: they are computed',
};

const folder = mkdtempSync(join(tmpdir(), 'wafa-squawk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Complaint {
  readonly rule: string;
  readonly line: number;
}

function complaints(name: string, sql: string): readonly Complaint[] {
  const file = join(folder, `${name}.sql`);
  writeFileSync(file, sql);
  const run = spawnSync(SQUAWK, ['--assume-in-transaction', '--reporter', 'json', '--pg-version', '15', file], { encoding: 'utf8' });
  if (run.error) throw run.error;
  const found = JSON.parse(run.stdout) as readonly { readonly rule_name: string; readonly line: number }[];
  return found.map(({ rule_name: rule, line }) => ({ rule, line: line + 1 }));
}

describe.skipIf(!existsSync(SQUAWK))('squawk', () => {
  test('has nothing against a migration that is not waived with a reason', async () => {
    const found = (await migrationSql()).flatMap(({ name, statements }) =>
      complaints(name, statements.join('\n')).map(({ rule, line }) => ({ key: `${name}: ${rule}`, rule, line })),
    );
    expect(found.filter(({ key, rule }) => !(rule in WAIVED) && !(key in WAIVED_IN))).toEqual([]);
    // A waiver nobody needs any more would hide the next fault.
    expect(Object.keys(WAIVED_IN).filter((waived) => !found.some(({ key }) => key === waived))).toEqual([]);
  });

  test.for([
    ['alter table customers add column reference text not null;', 'adding-required-field'],
    ['create index later on customers (company_id);', 'require-concurrent-index-creation'],
    [
      'alter table contacts add foreign key (company_id, customer_id) references customers (company_id, id);',
      'adding-foreign-key-constraint',
    ],
    ['alter table customers add constraint later check (length(code) > 1);', 'constraint-missing-not-valid'],
    ['alter table customers rename column code to number;', 'renaming-column'],
    ['alter table customers alter column code type varchar(10);', 'changing-column-type'],
    ['drop table customers;', 'ban-drop-table'],
    ['alter table customers drop column code;', 'ban-drop-column'],
    ['alter table customers add column seen timestamp;', 'prefer-timestamp-tz'],
    [
      'alter table customers add column later text; create index concurrently later on customers (later);',
      'ban-concurrent-index-creation-in-transaction',
    ],
  ] as const)('would see "%s"', ([sql, rule]) => {
    expect(complaints('bad', sql).map((complaint) => complaint.rule)).toContain(rule);
    expect(rule in WAIVED).toBe(false);
  });

  test('understands all of what we write: it reads every statement to its end', async () => {
    for (const { name, statements } of await migrationSql()) {
      expect(complaints(name, statements.join('\n')).filter(({ rule }) => rule === 'syntax-error')).toEqual([]);
    }
    expect(complaints('broken', 'create tabel x ();').map(({ rule }) => rule)).toContain('syntax-error');
  });
});
