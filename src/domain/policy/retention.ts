/** The part of a policy that says how long what is over is kept. */
import { z } from 'zod';
import { wholeNumber } from './leaves.ts';

export const retention = z.strictObject({
  finishedRemindersDays: wholeNumber(
    { min: 90, max: 7_300, byDefault: 2_557 },
    'Days a finished reminder is kept with its rows, attempts and what came back. Seven years, as accounts are kept; 730 gives the two-year clean-up that some prefer. Never while an invoice in it is open or its account is on legal hold.',
  ),
  repliesDays: wholeNumber(
    { min: 30, max: 7_300, byDefault: 730 },
    'Days the first lines of answers, reports of mail systems and notes of calls are kept; what they were about stays. Longer while the account owes anything or is on legal hold: somebody may have to show what was said.',
  ),
  skipsDays: wholeNumber(
    { min: 30, max: 7_300, byDefault: 730 },
    'Days that reasons why an account was not contacted are kept; after that nobody asks.',
  ),
});
