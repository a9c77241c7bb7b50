/**
 * Tries to break each rule of the database, to see that it holds and not only that it is written down. Every trial is taken back, and so is
 * the transaction it is in.
 */
import type { CompanyTx } from '../../connection/with-company.ts';
import { CHECK_TRIALS, KEY_TRIALS, type TrialChange } from './constraint-trials.ts';
import { TRIAL_ROWS } from './trial-rows.ts';

export interface FailedTrial {
  readonly table: string;
  readonly rule: string;
  /** What happened instead of a refusal by that rule; a code of PostgreSQL or `accepted`. */
  readonly instead: string;
}

interface Refusal {
  readonly code: string;
  readonly constraint: string | undefined;
}

const CHECK_VIOLATION = '23514';
const UNIQUE_VIOLATION = '23505';

/** A rule that is not in the catalogue is missing, which is another finding. */
export async function* tryRules(tx: CompanyTx): AsyncGenerator<FailedTrial> {
  const there = await rulesThere(tx);
  for (const [table, rule, change] of CHECK_TRIALS) {
    if (!there.has(`${table} ${rule}`)) continue;
    const refusal = await refusalOf(tx, trialInsert(table, change, 1));
    if (refusal?.code !== CHECK_VIOLATION || refusal.constraint !== rule) yield { table, rule, instead: insteadOf(refusal) };
  }
  for (const { table, column, rule } of await wordLists(tx)) {
    const refusal = await refusalOf(tx, trialInsert(table, { [column]: `'NONSENSE'` }, 1));
    // A word of no list breaks rules about particular words as well; PostgreSQL names the first in the alphabet.
    if (refusal?.code !== CHECK_VIOLATION) yield { table, rule, instead: insteadOf(refusal) };
  }
  for (const [rule, [table, change = {}]] of Object.entries(KEY_TRIALS)) {
    if (!there.has(`${table} ${rule}`)) continue;
    const refusal = await refusalOf(tx, trialInsert(table, change, 2));
    if (refusal?.code !== UNIQUE_VIOLATION || refusal.constraint !== rule) yield { table, rule, instead: insteadOf(refusal) };
  }
}

const insteadOf = (refusal: Refusal | null): string =>
  refusal === null ? 'accepted' : `${refusal.code} ${refusal.constraint ?? ''}`.trimEnd();

async function rulesThere(tx: CompanyTx): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ readonly name: string }>(
    `select conrelid::regclass::text || ' ' || conname as name from pg_constraint where connamespace = 'public'::regnamespace
     union all
     select indrelid::regclass::text || ' ' || indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace and i.indisunique`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** CHECKs that are a list of words, which need no trial of their own: `CHECK ((kind = ANY (ARRAY['A'::text, …])))`. */
async function wordLists(tx: CompanyTx): Promise<readonly { readonly table: string; readonly column: string; readonly rule: string }[]> {
  const rows = await tx.query<{ readonly table: string; readonly column: string; readonly rule: string }>(
    `select conrelid::regclass::text as table, conname::text as rule,
            substring(pg_get_constraintdef(oid) from '^CHECK \\(\\((\\w+) = ANY \\(ARRAY\\[[^\\]]*\\]\\)\\)\\)$') as column
       from pg_constraint
      where contype = 'c' and connamespace = 'public'::regnamespace
        and pg_get_constraintdef(oid) ~ '^CHECK \\(\\(\\w+ = ANY \\(ARRAY\\[[^\\]]*\\]\\)\\)\\)$'
      order by 1, 2`,
  );
  return rows.filter(({ table }) => Object.hasOwn(TRIAL_ROWS, table));
}

function trialInsert(table: string, change: TrialChange, rows: number): string {
  const { columns, values } = TRIAL_ROWS[table] ?? { columns: '', values: '' };
  const given = columns.split(/,\s*/);
  const names = [...given, ...Object.keys(change).filter((name) => !given.includes(name))];
  return `insert into ${table} (company_id, ${names.join(', ')})
    select $1::bigint, ${names.map((name) => change[name] ?? name).join(', ')}
      from (select ${values}) as t(${columns}) cross join generate_series(1, ${rows}) as n`;
}

/** How a statement is refused; null when it is not. Either way nothing of it stays. */
async function refusalOf(tx: CompanyTx, statement: string): Promise<Refusal | null> {
  await tx.query('savepoint wafa_trial');
  try {
    await tx.query(statement, [tx.companyId]);
    return null;
  } catch (error) {
    const { code, constraint } = error as Partial<Refusal>;
    if (code === undefined) throw error;
    return { code, constraint };
  } finally {
    await tx.query('rollback to savepoint wafa_trial');
  }
}
