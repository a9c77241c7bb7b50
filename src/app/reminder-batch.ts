/**
 * The frame of every act on many reminders: a chunk per transaction, accounts locked before reminders, one result per id. A refused
 * one never stops the others, and none is silently passed over.
 */
import { act, type Act } from './act.ts';
import type { Verb } from './permissions.ts';
import type { Session } from './session.ts';
import { unknownReminder } from './unknown-reminder.ts';
import type { ReminderId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { holdAccounts } from '../store/sql/account-lock.ts';
import { reminderIds, type ReminderFilter } from '../store/sql/reminders/queue-page.ts';
import { lockReminders, remindersById, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

/** Which reminders an operator means: by id, or all that a filter names. */
export type ReminderChoice =
  | {
      readonly ids: readonly ReminderId[];
      /** The versions somebody looked at; a reminder that has moved on since is refused, so that nobody acts on what they have not seen. */
      readonly seen?: ReadonlyMap<ReminderId, number>;
    }
  | { readonly filter: ReminderFilter };

export interface Refusal {
  readonly id: ReminderId;
  readonly code: string;
  readonly message: string;
  readonly tryThis: string;
}

export interface BatchResult<Done> {
  readonly done: readonly Done[];
  readonly refused: readonly Refusal[];
}

/** One chunk: its transaction holds the locks of this many accounts, so that an import never waits long for an approval of thousands. */
const CHUNK_REMINDERS = 500;

/**
 * Works through the chosen reminders in chunks. `work` sees locked rows and answers for each, with what was done or why not.
 * @throws OperatorError `reminder.none-chosen` when nothing was named.
 */
export async function forEachReminder<Done>(
  session: Session,
  verb: Verb,
  choice: ReminderChoice,
  work: (context: Act, rows: readonly ReminderRow[]) => Promise<readonly (Done | Refusal)[]>,
): Promise<BatchResult<Done>> {
  const ids =
    'ids' in choice ? [...new Set(choice.ids)] : await act(session, verb, ({ tx }) => reminderIds(tx, choice.filter), { isReadOnly: true });
  if ('ids' in choice && ids.length === 0) throw noneChosen(verb);
  const done: Done[] = [];
  const refused: Refusal[] = [];
  for (let start = 0; start < ids.length; start += CHUNK_REMINDERS) {
    const chunk = ids.slice(start, start + CHUNK_REMINDERS);
    const answers = await act(session, verb, async (context) => {
      const rows = await lockChunk(context, chunk);
      const found = new Set(rows.map((row) => row.id));
      const [asSeen, moved] = bySight(rows, choice);
      return [...(await work(context, asSeen)), ...moved.map(changedSince), ...chunk.filter((id) => !found.has(id)).map(refuseUnknown)];
    });
    for (const answer of answers) {
      if (isRefusal(answer)) refused.push(answer);
      else done.push(answer);
    }
  }
  return { done, refused };
}

/** The account first, then the reminder: the order of everyone who records a fact, so that nobody waits in a circle. */
async function lockChunk({ tx }: Act, ids: readonly ReminderId[]): Promise<readonly ReminderRow[]> {
  const seen = await remindersById(tx, ids);
  await holdAccounts(tx, [...new Set(seen.map((row) => row.customerId))]);
  return await lockReminders(tx, ids);
}

/** Those still as they were seen, or acted on without having been looked at, and those that have moved on. */
function bySight(rows: readonly ReminderRow[], choice: ReminderChoice): readonly [readonly ReminderRow[], readonly ReminderRow[]] {
  const seen = 'ids' in choice ? choice.seen : undefined;
  const isAsSeen = (row: ReminderRow): boolean => (seen?.get(row.id) ?? row.version) === row.version;
  return [rows.filter(isAsSeen), rows.filter((row) => !isAsSeen(row))];
}

const changedSince = ({ id, reviewChanges }: ReminderRow): Refusal => ({
  id,
  code: 'reminder.changed',
  message: `Reminder ${id} has changed since it was looked at${reviewChanges.length === 0 ? '' : `: ${reviewChanges.join('; ')}`}.`,
  tryThis: 'Look at it again, then decide.',
});

const isRefusal = (answer: unknown): answer is Refusal => typeof answer === 'object' && answer !== null && 'tryThis' in answer;

function refuseUnknown(id: ReminderId): Refusal {
  const { code, message, tryThis } = unknownReminder(id);
  return { id, code, message, tryThis };
}

const noneChosen = (verb: Verb): OperatorError =>
  new OperatorError({
    code: 'reminder.none-chosen',
    kind: 'usage',
    message: `Nothing was named to ${verb}.`,
    tryThis: `Give the ids of reminders, as in \`wafa ${verb} 41 42\`, or --all.`,
  });
