/** Which times that mail is scheduled for the calendar is closed at. */
import type { ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import { nextAllowed } from '../../domain/calendar/next-allowed.ts';
import { MOST_SHOWN, type FoundRows } from '../../store/sql/validate/found-rows.ts';
import type { ScheduleGroup } from '../../store/sql/validate/schedules.ts';

/** A time inside a quiet a person ordered later is no fault: the quiet is there to hold mail back. */
export function judgeSchedules(groups: readonly ScheduleGroup[], calendarOf: (preset: string | null) => ContactCalendar): FoundRows {
  const wrong = groups.filter(({ scheduledFor, calendarPreset }) => {
    const next = nextAllowed(calendarOf(calendarPreset), scheduledFor);
    return next.kind !== 'open' && !(next.kind === 'closed' && next.why.code === 'quiet');
  });
  return {
    rows: wrong.slice(0, MOST_SHOWN).map(({ scheduledFor, reminders, firstId }) => ({
      objectKind: 'reminder',
      objectId: firstId,
      found: `is scheduled for ${scheduledFor.toString()}, when the calendar is closed${reminders > 1 ? `; so are ${reminders - 1} more` : ''}`,
    })),
    total: wrong.reduce((sum, { reminders }) => sum + reminders, 0),
  };
}
