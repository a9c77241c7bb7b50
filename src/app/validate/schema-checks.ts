/** Checks of the database itself: migrations, roles, walls between companies, rules, indexes. They hold for every company at once. */
import { type Check, finding, found } from './check.ts';
import { INDEX_USES } from './index-uses.ts';
import { asId } from '../../domain/ids.ts';
import { LATEST_MIGRATION } from '../../store/schema/latest-migration.ts';
import { bindingFacts } from '../../store/sql/self-check.ts';
import { indexesUsedBy } from '../../store/sql/validate/plans-of.ts';
import {
  appliedMigrations,
  constraintsAtFault,
  indexesAtFault,
  rightsTooMany,
  rowsThought,
} from '../../store/sql/validate/schema-objects.ts';
import { tryRules } from '../../store/sql/validate/try-rules.ts';

const BY_OWNER =
  'Find out who changed the tables. Compare with a fresh database of this release, and have the owner put back what is missing.';

/** The ORM knows the names and is loaded for them. */
const expected = async () => (await import('../../store/schema/expected-objects.ts')).expectedObjects();

export const SCHEMA_CHECKS: readonly Check[] = [
  {
    id: 'migrations',
    holds: 'Every migration of this release is applied, and none of a release it does not know.',
    means: 'The tables are not the ones this program was written for.',
    fix: '`wafa db migrate`; where the database is ahead, use the release that took it there.',
    scope: 'installation',
    find: async ({ tx }) => {
      const { migrations } = await import('../../../migrations/index.ts');
      const applied = await appliedMigrations(tx);
      const known = migrations.map(({ name }) => name);
      return found([
        ...known.filter((name) => !applied.includes(name)).map((name) => finding(`${name} is not applied`)),
        ...applied
          .filter((name) => !known.includes(name) && name <= LATEST_MIGRATION)
          .map((name) => finding(`${name} is not of this release`)),
      ]);
    },
  },
  {
    id: 'roles',
    holds: 'The login Wafa works with is neither superuser, nor owner, nor free of row-level security, and may not rewrite history.',
    means: 'A fault of the program, or somebody with its password, could reach what it must not.',
    fix: 'Run the statements of `wafa db roles` again, and take other rights and roles from wafa_app.',
    scope: 'installation',
    find: async ({ tx }) => {
      const { unboundRoles, ownerRoles } = await bindingFacts(tx);
      const rights = await rightsTooMany(tx);
      return found([
        ...unboundRoles.map((role) => finding(`the login is, or may become, ${role}, whom row-level security does not bind`)),
        ...ownerRoles.map((role) => finding(`the login is, or may become, ${role}, which owns the tables`)),
        ...rights.map(({ table, right }) => finding(`wafa_app may ${right} ${table}`)),
      ]);
    },
  },
  {
    id: 'policies',
    holds: 'Row-level security stands, forced and with the one standard policy, around every table with rows of companies.',
    means: "One company could see another's rows.",
    fix: 'Stop every Wafa process. Have the owner enable and force row level security, and leave company_isolation as the only policy.',
    scope: 'installation',
    find: async ({ tx }) => {
      const { openTables, isRowSecurityOn } = await bindingFacts(tx);
      return found([
        ...openTables.map((table) => finding(`the walls around ${table} are not the standard ones`)),
        ...(isRowSecurityOn ? [] : [finding('row_security is off for this login')]),
      ]);
    },
  },
  {
    id: 'rules-present',
    holds: 'Every CHECK and foreign key of this release is there, was checked against all rows, and is switched on.',
    means: 'Rows that break it may be in the tables already.',
    fix: BY_OWNER,
    scope: 'installation',
    find: async ({ tx }) => {
      const faults = await constraintsAtFault(tx, (await expected()).constraints);
      return found(faults.map(({ table, name, fault }) => finding(`${name} of ${table} ${fault}`)));
    },
  },
  {
    id: 'rules-hold',
    holds: 'Every CHECK and unique key refuses a row that breaks it; each is tried, and every trial taken back.',
    means: 'A rule stands in the catalogue and does not do what it is named for.',
    fix: BY_OWNER,
    scope: 'installation',
    tries: true,
    find: async ({ tx }) => {
      const failed = [];
      for await (const trial of tryRules(tx)) failed.push(trial);
      return found(failed.map(({ table, rule, instead }) => finding(`${rule} of ${table} did not refuse (${instead})`)));
    },
  },
  {
    id: 'indexes-present',
    holds: 'Every index of this release is there and valid.',
    means: 'What is quick will be slow, and what is unique may not be.',
    fix: 'Have the owner create it again (`create index concurrently`), or `reindex` one that is not valid.',
    scope: 'installation',
    find: async ({ tx }) => {
      const faults = await indexesAtFault(tx, (await expected()).indexes);
      return found(faults.map(({ table, name, fault }) => finding(`${name} of ${table} ${fault}`)));
    },
  },
  {
    id: 'indexes-used',
    holds: 'PostgreSQL would use the index made for each frequent question, asked of tables large enough for it to matter.',
    means: 'The question reads the whole table, and gets slower with every invoice.',
    fix: '`analyze` the table; if it stays so, compare the index with that of a fresh database.',
    scope: 'installation',
    find: async (act) => {
      const rows = [];
      for (const { table, index, question, ask } of INDEX_USES) {
        if ((await rowsThought(act.tx, table)) < LARGE_TABLE) continue;
        const used = await indexesUsedBy(act.tx, (tx) => ask(tx, { account: ANY_ACCOUNT, now: act.now, today: act.today }));
        if (!used.has(index)) rows.push(finding(`${question} does not use ${index} but ${[...used].join(', ') || 'no index'}`));
      }
      return found(rows);
    },
  },
];

/** Below this many rows reading all of a table takes a few milliseconds, and PostgreSQL rightly does. */
const LARGE_TABLE = 10_000;

/** What PostgreSQL chooses does not depend on which; an id that is not there is as good. */
const ANY_ACCOUNT = asId<'customer'>(1);
