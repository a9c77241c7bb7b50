/** What verbs that record a fact say alike. */
import type { FactEffect } from '../ledger/fact-effect.ts';
import type { MovedReminder } from '../ledger/move-live-reminders.ts';

/** Members of the JSON that say what the fact did to reminders under way. */
export const effectView = ({ affectedReminders, reminders }: FactEffect) => ({
  affectedReminders,
  reminders: movedView(reminders),
});

export const movedView = (reminders: readonly MovedReminder[]) =>
  reminders.map(({ id, status, isMoved, changes }) => ({ id, status, moved: isMoved, changes }));

export const movedNotes = (reminders: readonly MovedReminder[]): readonly string[] =>
  reminders.filter(({ isMoved }) => isMoved).map(movedNote);

/** Notes about live reminders the fact concerns: what became of each, or that it is judged again at the gate. */
export function reviewNotes({ affectedReminders, reminders }: FactEffect): readonly string[] {
  const moved = reminders.filter(({ isMoved }) => isMoved);
  const standing = affectedReminders.filter((id) => !moved.some((one) => one.id === id));
  const [first, ...more] = standing;
  const notes = movedNotes(reminders);
  if (first === undefined) return notes;
  const which = more.length === 0 ? `Reminder ${first}` : `Reminders ${standing.join(', ')}`;
  return [...notes, `${which} will be judged again before anything is sent.`];
}

function movedNote({ id, status, changes }: MovedReminder): string {
  if (status === 'CANCELLED') return `Reminder ${id} is cancelled: it is no longer due.`;
  if (status === 'NEEDS_REVIEW') return `Reminder ${id} needs a person again: ${changes.join('; ')}.`;
  return `Reminder ${id} was composed anew.`;
}
