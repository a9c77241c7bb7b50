/** The result of a verb on many reminders, the same for all of them: what was done, what was refused and why. */
import type { CommandEnding, CommandResult } from './command.ts';
import type { BatchResult, Refusal } from '../reminder-batch.ts';

export interface BatchData<Done> {
  readonly done: readonly Done[];
  readonly refused: readonly Refusal[];
}

/** Done in part is exit 3, nothing but refusals is 5, nothing to do at all is 4. */
export function batchResult<Done, View>(
  result: BatchResult<Done>,
  view: (done: Done) => View,
  note: (count: number) => string,
): CommandResult<BatchData<View>> {
  const done = result.done.map(view);
  const refusals = result.refused.map(({ message, tryThis }) => `${message} ${tryThis}`);
  return {
    data: { done, refused: result.refused },
    ending: endingOf(result),
    notes: [...(done.length > 0 ? [note(done.length)] : []), ...refusals],
  };
}

function endingOf({ done, refused }: BatchResult<unknown>): CommandEnding {
  if (refused.length > 0) return done.length > 0 ? 'partly' : 'refused';
  return done.length > 0 ? 'ok' : 'nothing-to-do';
}

/** `1 reminder`, `12 reminders`. */
export const reminders = (count: number): string => (count === 1 ? '1 reminder' : `${count} reminders`);
