/** Reads the moments people type: a day, a time in the company's zone, or an instant with its offset. */
import type { Instant } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';

/** A day means its beginning. @throws OperatorError with the code given */
export function readMoment(text: string, timeZone: string, code: string): Instant {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text).toZonedDateTime(timeZone).toInstant();
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(text))
      return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
    return Temporal.Instant.from(text).round({ smallestUnit: 'second', roundingMode: 'ceil' });
  } catch {
    throw new OperatorError({
      code,
      kind: 'usage',
      message: `${JSON.stringify(safeText(text.slice(0, 40)))} is neither a day nor a time.`,
      tryThis: "Write a day like 2026-12-04, a time in the company's zone like 2026-12-04T09:00, or one with its offset.",
    });
  }
}
