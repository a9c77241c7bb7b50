/**
 * What a person changes about a reminder before it leaves: a firmer or a milder level, or an item left out. It is composed again from the
 * facts of now and has to be approved again, for what was approved is no longer what would be sent; a FINAL by somebody else. The
 * planner leaves it as it was shaped. Blocks, suppression, calendar, interval and the one FINAL of an episode hold all the same.
 */
import type { Act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { openComposer, type Composer } from './composition.ts';
import { NO_APPROVAL } from './no-approval.ts';
import { forEachReminder, type BatchResult, type Refusal, type ReminderChoice } from './reminder-batch.ts';
import type { Session } from './session.ts';
import { transition } from './transition.ts';
import type { AccountFacts } from '../domain/account-facts.ts';
import type { InvoiceId, ReminderId } from '../domain/ids.ts';
import { composeManual } from '../domain/manual-reminder.ts';
import type { PlanningContext } from '../domain/planning-day.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import { skipSentence } from '../domain/skip-reasons.ts';
import { ESCALATION_LEVELS, type EscalationLevel } from '../domain/vocabulary.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { replaceCompositions } from '../store/sql/reminders/insert-reminders.ts';
import { markShaped } from '../store/sql/reminders/mark-shaped.ts';
import { reminderLines, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

export interface ShapedReminder {
  readonly id: ReminderId;
  readonly from: EscalationLevel;
  readonly to: EscalationLevel;
  /** Numbers of invoices it no longer asks for: left out by hand, or not open any more. */
  readonly leftOut: readonly string[];
}

export const escalateReminders = (session: Session, choice: ReminderChoice): Promise<BatchResult<ShapedReminder>> =>
  forEachReminder<ShapedReminder>(session, 'escalate', choice, (context, rows) => shapeEach(context, rows, { step: 1, without: [] }));

export const deescalateReminders = (session: Session, choice: ReminderChoice): Promise<BatchResult<ShapedReminder>> =>
  forEachReminder<ShapedReminder>(session, 'deescalate', choice, (context, rows) => shapeEach(context, rows, { step: -1, without: [] }));

/** Leaves items out of this reminder. They are neither muted nor raised: the next contact asks for them as the rules say. */
export const editReminders = (session: Session, choice: ReminderChoice, without: readonly string[]): Promise<BatchResult<ShapedReminder>> =>
  forEachReminder<ShapedReminder>(session, 'edit', choice, (context, rows) => shapeEach(context, rows, { step: 0, without }));

interface Shape {
  readonly step: 1 | 0 | -1;
  /** Invoice numbers. */
  readonly without: readonly string[];
}

async function shapeEach(context: Act, rows: readonly ReminderRow[], shape: Shape): Promise<readonly (ShapedReminder | Refusal)[]> {
  if (rows.length === 0) return [];
  const planning = await planningContext(context);
  const composer = await openComposer(context);
  const accountIds = [...new Set(rows.map((row) => row.customerId))];
  const loaded = await loadAccountFacts(context.tx, { accountIds, asOn: planning.asOn, timeZone: context.company.timeZone });
  const factsOf = new Map(loaded.map((facts) => [facts.account.id, facts]));
  const answers: (ShapedReminder | Refusal)[] = [];
  for (const row of rows) answers.push(await shapeOne(context, row, shape, { planning, composer, facts: factsOf.get(row.customerId) }));
  return answers;
}

interface Grounds {
  readonly planning: PlanningContext;
  readonly composer: Composer;
  readonly facts: AccountFacts | undefined;
}

async function shapeOne(
  context: Act,
  row: ReminderRow,
  shape: Shape,
  { planning, composer, facts }: Grounds,
): Promise<ShapedReminder | Refusal> {
  const level = ESCALATION_LEVELS[ESCALATION_LEVELS.indexOf(row.escalationLevel) + shape.step];
  if (row.deliveryStatus !== 'PROPOSED' && row.deliveryStatus !== 'QUEUED') return notNow(context, row);
  if (level === undefined || facts === undefined) return atTheEnd(context, row);
  const lines = (await reminderLines(context.tx, [row.id])).filter(({ kind }) => kind === 'INVOICE');
  const stranger = shape.without.find((number) => lines.every((line) => line.number !== number));
  if (stranger !== undefined) return notInIt(context, row, stranger);
  const kept = lines.filter(({ number }) => !shape.without.includes(number));
  const invoiceIds = kept.map(({ invoiceId }) => invoiceId).filter((id): id is InvoiceId => id !== null);
  const result = composeManual(facts, { invoiceIds, level, replaces: row.id, overridesInterval: row.origin === 'MANUAL' }, planning);
  if (result.kind === 'refused') return refuse(context, row, 'refused', skipSentence(result.reason, facts.account.name));
  const version = await backToProposed(context, row);
  if (version === null) return notNow(context, row);
  const bound = composer.bind(result.reminder, { customerId: row.customerId, runId: null, asOn: planning.asOn, origin: row.origin });
  const replaced = await replaceCompositions(context.tx, [{ id: row.id, version, row: bound }]);
  if (!replaced.has(row.id)) return notNow(context, row);
  await markShaped(context.tx, row.id);
  context.record({
    objectKind: 'reminder',
    objectId: row.id,
    reason: 'shaped by hand',
    detail: { from: row.escalationLevel, level, digest: bound.digest, version: version + 1 },
  });
  const asked = new Set(result.reminder.lines.map(({ number }) => number));
  return {
    id: row.id,
    from: row.escalationLevel,
    to: level,
    leftOut: lines.map(({ number }) => number).filter((number) => !asked.has(number)),
  };
}

/** What was approved is proposed again before it is rewritten; `null` when a sender took it first. */
async function backToProposed(context: Act, row: ReminderRow): Promise<number | null> {
  if (row.deliveryStatus === 'PROPOSED') return row.version;
  const guard = { version: row.version };
  const moved = await transition(context, { id: row.id, from: 'QUEUED', to: 'PROPOSED', guard, change: NO_APPROVAL, reason: context.verb });
  return moved ? row.version + 1 : null;
}

const refuse = ({ verb }: Act, { id }: ReminderRow, code: string, message: string, tryThis?: string): Refusal => ({
  id,
  code: `${verb}.${code}`,
  message,
  tryThis: tryThis ?? `Look at it with \`wafa show ${id}\`.`,
});

const notNow = (context: Act, row: ReminderRow): Refusal =>
  refuse(
    context,
    row,
    'not-possible',
    `Reminder ${row.id} cannot be changed by ${context.verb}: it is ${STATUS_WORDS[row.deliveryStatus]}.`,
  );

const atTheEnd = (context: Act, row: ReminderRow): Refusal =>
  refuse(context, row, 'no-such-level', `Reminder ${row.id} is at ${row.escalationLevel}: there is no level beyond.`);

const notInIt = (context: Act, row: ReminderRow, number: string): Refusal =>
  refuse(context, row, 'not-in-it', `Reminder ${row.id} does not ask for ${JSON.stringify(number.slice(0, 100))}.`);
