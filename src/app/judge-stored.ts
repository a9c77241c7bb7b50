/** Asks of stored reminders whether what they say is still true, against the facts of now. */
import type { Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { storedComposition } from './composition.ts';
import { statementsOf } from './reminder-statements.ts';
import type { AccountFacts } from '../domain/account-facts.ts';
import { judgeLiveReminder, type LiveJudgement } from '../domain/live-reminder.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { assert } from '../domain/operator-error.ts';
import { statementChanges } from '../domain/statement-changes.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { reminderLines, type ReminderLineRow, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface JudgedReminder {
  readonly row: ReminderRow;
  readonly lines: readonly ReminderLineRow[];
  readonly facts: AccountFacts;
  readonly judgement: LiveJudgement;
}

/** In the order of the rows; the caller holds the accounts' locks when it means to act on the answer. */
export async function judgeStored(
  context: Act,
  rows: readonly ReminderRow[],
  planning?: PlanningContext,
): Promise<readonly JudgedReminder[]> {
  if (rows.length === 0) return [];
  const judging = planning ?? (await planningContext(context));
  const accountIds = [...new Set(rows.map((row) => row.customerId))];
  const facts = await loadAccountFacts(context.tx, { accountIds, asOn: judging.asOn, timeZone: context.company.timeZone });
  const factsOf = new Map(facts.map((one) => [one.account.id, one]));
  const lines = Map.groupBy(
    await reminderLines(
      context.tx,
      rows.map((row) => row.id),
    ),
    (line) => line.reminderId,
  );
  const statements = await statementsOf(context, rows);
  return rows.map((row) => {
    const own = factsOf.get(row.customerId);
    assert(own, `reminder ${row.id} is for an account that does not exist`);
    const rowLines = lines.get(row.id) ?? [];
    const judgement = judgeLiveReminder(storedComposition(row, rowLines), own, judging);
    const statement = statements.get(row.id);
    const moved = statement ? statementChanges(statement, own.items, rowLines) : [];
    return { row, lines: rowLines, facts: own, judgement: withChanges(judgement, moved) };
  });
}

/** The statement that goes with a reminder is part of what it says: what moved under it is a change like any other. */
const withChanges = (judgement: LiveJudgement, moved: readonly string[]): LiveJudgement =>
  moved.length === 0 || judgement.kind === 'nothing-left'
    ? judgement
    : { kind: 'changed', changes: [...(judgement.kind === 'changed' ? judgement.changes : []), ...moved] };
