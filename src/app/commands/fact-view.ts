/** What verbs that record a fact say alike. */
import type { ReminderId } from '../../domain/ids.ts';

/** Notes about live reminders that the fact concerns: they are judged again at the gate, whatever their state. */
export function reviewNotes(affected: readonly ReminderId[]): readonly string[] {
  const [first, ...more] = affected;
  if (first === undefined) return [];
  const which = more.length === 0 ? `Reminder ${first}` : `Reminders ${affected.join(', ')}`;
  return [`${which} will be judged again before anything is sent.`];
}
