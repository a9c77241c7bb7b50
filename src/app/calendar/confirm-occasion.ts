/**
 * Says on which days an occasion really is. Everything else that was believed of it falls: days that only might have been off, days
 * held because it might be moved, and what was confirmed before.
 */
import { changeDaysOff, daysOfOccasion, isAmong, type DaysOffChange, type OwnDayOff } from './change-days-off.ts';
import { readOccasionKey } from './occasion-key.ts';
import { unknownOccasion } from './unknown-occasion.ts';
import { act, type Act } from '../act.ts';
import type { Session } from '../session.ts';
import type { ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import { SHIPPED_DAYS_OFF } from '../../domain/calendar/shipped-days-off.ts';
import { daysBetween, type Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { dayText } from '../../domain/skip-reasons.ts';
import { companyDaysOff } from '../../store/sql/days-off.ts';

/**
 * How far from every day known for it an occasion may be confirmed. The moon moves one by a day or two and the Cabinet within its
 * week; beyond a week it is a slip of the month or year, and would open the days the occasion really has.
 */
const MOST_DAYS_AWAY = 7;

/**
 * @param request.on All the days it has; empty: those the calendar closes for it now, without the ones only held.
 * @throws OperatorError `calendar.unknown-occasion`, `calendar.no-days`, `calendar.far-from-occasion`, `calendar.never-closes`
 */
export const confirmOccasion = (session: Session, request: { readonly key: string; readonly on: readonly Day[] }): Promise<DaysOffChange> =>
  act(session, 'calendar confirm', async (context) => {
    const key = readOccasionKey(request.key);
    return await changeDaysOff(context, key, (calendar) => confirmedRows(context, calendar, key, request.on));
  });

async function confirmedRows(context: Act, calendar: ContactCalendar, key: string, on: readonly Day[]): Promise<readonly OwnDayOff[]> {
  const occasion = calendar.occasions.find((each) => each.key === key);
  if (occasion === undefined) throw unknownOccasion(key, calendar, context.today);
  const days = on.length > 0 ? unique(on) : occasion.rows.map((row) => row.on);
  if (days.length === 0) throw noDays(key);
  const known = [...SHIPPED_DAYS_OFF.daysOff, ...(await companyDaysOff(context.tx))].filter((row) => row.key === key);
  const far = days.find((day) => known.every((row) => Math.abs(daysBetween(row.on, day)) > MOST_DAYS_AWAY));
  if (far !== undefined) throw farAway(key, far);
  const closed = daysOfOccasion(calendar, key);
  const isSo = occasion.rows.every((row) => row.status === 'confirmed') && closed.length === days.length;
  if (isSo && closed.every((day) => isAmong(days, day))) return [];
  // Rows of one day's announcement stand together, so what an earlier one of today closed is opened by name.
  const others = occasion.rows.filter((row) => !isAmong(days, row.on));
  return [
    ...days.map((day) => ({ on: day, status: 'confirmed' as const, supersedes: key })),
    ...others.map((row) => ({ on: row.on, status: 'withdrawn' as const, supersedes: null })),
  ];
}

const unique = (days: readonly Day[]): readonly Day[] => [...new Map(days.map((day) => [day.toString(), day])).values()];

const noDays = (key: string): OperatorError =>
  new OperatorError({
    code: 'calendar.no-days',
    kind: 'usage',
    message: `${key} has no day at present: all of them were withdrawn.`,
    tryThis: `Name its days: \`wafa calendar confirm ${key} --on DAY,DAY\`.`,
  });

const farAway = (key: string, day: Day): OperatorError =>
  new OperatorError({
    code: 'calendar.far-from-occasion',
    kind: 'refused',
    message: `${dayText(day)} is more than ${MOST_DAYS_AWAY} days from every day known for ${key}.`,
    tryThis: 'Check the month and the year; for a day off of another kind use `wafa calendar add`.',
  });
