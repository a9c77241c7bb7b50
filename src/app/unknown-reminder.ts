import { OperatorError } from '../domain/operator-error.ts';

/** The same words for an id that does not exist and for one of another company. */
export const unknownReminder = (id: number): OperatorError =>
  new OperatorError({
    code: 'reminder.unknown',
    kind: 'usage',
    message: `There is no reminder ${id}.`,
    tryThis: 'Run `wafa queue` to see the reminders there are.',
  });
