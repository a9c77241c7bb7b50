/**
 * The statements that go with reminders: everything open on the account as of the reminder's own day. Read from the ledger as it stands
 * about that day, so a fact that came in late, or money paid since, shows as a difference and takes the reminder back to a person.
 */
import type { Act } from './act.ts';
import type { ReminderId } from '../domain/ids.ts';
import { type Statement, statementOf } from '../domain/statement.ts';
import { loadOpenItems } from '../store/load-open-items.ts';
import { standingBlocks } from '../store/sql/facts/standing-blocks.ts';
import type { ReminderRow } from '../store/sql/reminders/reminder-row.ts';

/** Of those reminders that carry one; three statements to the database for each day they speak of. */
export async function statementsOf({ tx }: Act, rows: readonly ReminderRow[]): Promise<ReadonlyMap<ReminderId, Statement>> {
  const carrying = rows.filter((row) => row.attachesStatement);
  const statements = new Map<ReminderId, Statement>();
  for (const own of Map.groupBy(carrying, (row) => String(row.asOn)).values()) {
    const [{ asOn }] = own as [ReminderRow, ...ReminderRow[]]; // a group has at least one
    const accounts = [...new Set(own.map((row) => row.customerId))];
    const items = await loadOpenItems(tx, accounts, asOn);
    const blocks = Map.groupBy(await standingBlocks(tx, accounts, asOn), ({ accountId }) => accountId);
    for (const row of own) statements.set(row.id, statementOf(items.get(row.customerId) ?? [], asOn, blocks.get(row.customerId)));
  }
  return statements;
}
