/** The days a question is about: so many up to today, or a month of the calendar. */
import type { Days } from './past-days.ts';
import { addDays, earlierOf, type Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';

export interface PeriodRequest {
  /** Up to today, today included. */
  readonly days?: number;
  /** `2026-06`. */
  readonly month?: string;
}

/** A quarter: long enough for a few contacts with everybody, short enough to be about now. */
const USUAL_DAYS = 90;

/** @throws OperatorError `insight.month-to-come` */
export function periodFor({ days = USUAL_DAYS, month }: PeriodRequest, today: Day): Days {
  if (month === undefined) return { from: addDays(today, 1 - days), to: today };
  const from = Temporal.PlainDate.from(`${month}-01`);
  if (Temporal.PlainDate.compare(from, today) > 0)
    throw new OperatorError({
      code: 'insight.month-to-come',
      kind: 'usage',
      message: `${month} has not begun yet.`,
      tryThis: `Name this month or an earlier one, for example ${today.toPlainYearMonth().toString()}.`,
    });
  return { from, to: earlierOf(addDays(from.add({ months: 1 }), -1), today) };
}
