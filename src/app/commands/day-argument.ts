import { z } from 'zod';

/** A civil day, written 2026-11-23: the only spelling that reads one way everywhere. */
export const dayArgument = z.string().transform((text, context) => {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // Not a day of the calendar, such as 30 February: refused below like any other text.
  }
  context.addIssue({ code: 'custom', message: 'is not a day; write it like 2026-11-23' });
  return z.NEVER;
});
