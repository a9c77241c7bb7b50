/**
 * What becomes of a proposal that a person shaped or composed when the facts under it move: it is composed anew in its shape, at the level
 * and of the items the person chose, and is looked at again when it is approved. Time passing alone leaves it as it is. With nothing left to ask, or nobody left who
 * may be asked, it is cancelled.
 */
import type { Act } from './act.ts';
import { openComposer, type Composer } from './composition.ts';
import { judgeStored, type JudgedReminder } from './judge-stored.ts';
import { transition } from './transition.ts';
import type { AccountFacts, LiveReminder } from '../domain/account-facts.ts';
import type { SkipCode } from '../domain/decision.ts';
import { composeManual } from '../domain/manual-reminder.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { replaceCompositions } from '../store/sql/reminders/insert-reminders.ts';
import { remindersById } from '../store/sql/reminders/reminder-row.ts';

/** These pass by themselves: what a person made waits for them, and is composed anew once they have. */
const PASSING: ReadonlySet<SkipCode> = new Set(['contact-interval', 'weekly-cap', 'quiet-season', 'calendar-unconfirmed', 'reminder-live']);

const isByHand = ({ status, isShaped, origin }: LiveReminder): boolean => status === 'PROPOSED' && (isShaped || origin === 'MANUAL');

/** Under the accounts' locks. */
export async function renewShaped(context: Act, planning: PlanningContext, accounts: readonly AccountFacts[]): Promise<void> {
  const ids = accounts.flatMap(({ liveReminders }) => liveReminders.filter(isByHand).map(({ id }) => id));
  if (ids.length === 0) return;
  const composer = await openComposer(context);
  for (const judged of await judgeStored(context, await remindersById(context.tx, ids), planning)) {
    if (judged.judgement.kind === 'nothing-left') await cancel(context, judged, 'nothing left to ask', judged.judgement.changes);
    else if (judged.judgement.kind === 'changed') await renew(context, judged, judged.judgement.changes, planning, composer);
  }
}

async function renew(
  context: Act,
  judged: JudgedReminder,
  changes: readonly string[],
  planning: PlanningContext,
  composer: Composer,
): Promise<void> {
  const { row, lines, facts } = judged;
  const invoiceIds = lines.flatMap(({ kind, invoiceId }) => (kind === 'INVOICE' && invoiceId !== null ? [invoiceId] : []));
  const shape = { invoiceIds, level: row.escalationLevel, replaces: row.id, overridesInterval: row.origin === 'MANUAL' };
  const result = composeManual(facts, shape, planning);
  if (result.kind === 'refused') {
    if (!PASSING.has(result.reason.code)) await cancel(context, judged, result.reason.code, changes);
    return;
  }
  const bound = composer.bind(result.reminder, { customerId: row.customerId, runId: null, asOn: planning.asOn, origin: row.origin });
  if (bound.digest === row.digest) return;
  const replaced = await replaceCompositions(context.tx, [{ id: row.id, version: row.version, row: bound }]);
  if (!replaced.has(row.id)) return;
  const detail = { version: row.version + 1, digest: bound.digest, level: row.escalationLevel };
  context.record({ objectKind: 'reminder', objectId: row.id, reason: 'recomposed', detail });
}

async function cancel(context: Act, { row }: JudgedReminder, why: string, changes: readonly string[]): Promise<void> {
  await transition(context, {
    id: row.id,
    from: 'PROPOSED',
    to: 'CANCELLED',
    guard: { version: row.version },
    change: { statusReason: why, reviewChanges: changes },
    reason: why,
  });
}
