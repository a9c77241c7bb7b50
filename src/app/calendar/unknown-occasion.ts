import type { ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import { isBefore, type Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';

/** The refusal for a name the calendar does not have, with the occasions that come next. */
export function unknownOccasion(key: string, calendar: ContactCalendar, today: Day): OperatorError {
  const firstDays = calendar.occasions.flatMap((each) => {
    const [first] = each.rows.map(({ on }) => on).toSorted(Temporal.PlainDate.compare);
    return first === undefined || isBefore(first, today) ? [] : [{ key: each.key, first }];
  });
  const next = firstDays.toSorted((a, b) => Temporal.PlainDate.compare(a.first, b.first)).slice(0, 4);
  return new OperatorError({
    code: 'calendar.unknown-occasion',
    kind: 'usage',
    message: `The calendar has no occasion ${key}.`,
    tryThis: `Next are ${next.map((each) => each.key).join(', ')}; \`wafa calendar show --month YYYY-MM\` names the others.`,
  });
}
