/** Days off of a company's own: stock-taking, a move, mourning. They close every calendar of the company, from the first day to the last. */
import { changeDaysOff, daysOfOccasion, isAmong, type DaysOffChange } from './change-days-off.ts';
import { readOccasionKey } from './occasion-key.ts';
import { act, type Act } from '../act.ts';
import type { Session } from '../session.ts';
import { calendarDayOf } from '../../domain/calendar/contact-calendar.ts';
import { SHIPPED_DAYS_OFF } from '../../domain/calendar/shipped-days-off.ts';
import { addDays, daysBetween, type Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { dayText } from '../../domain/skip-reasons.ts';

/** A month: longer is no day off but a stop, and a mistyped year must not close the calendar until it comes. */
export const MOST_DAYS_OFF = 31;

export interface DayOffRequest {
  readonly on: Day;
  /** The last day; left out for one day. */
  readonly untilOn?: Day | undefined;
  /** What the occasion is called from now on, e.g. `stock-taking-2026`. */
  readonly name: string;
  /** Nothing above FIRM is sent in mourning. */
  readonly isMourning?: boolean;
}

/** @throws OperatorError `calendar.bad-key`, `calendar.known-occasion`, `calendar.bad-span`, `calendar.unknown-year`, `calendar.never-closes` */
export const addDayOff = (session: Session, request: DayOffRequest): Promise<DaysOffChange> =>
  act(session, 'calendar add', (context) => closeDays(context, request));

/** Within an act. @throws OperatorError as {@link addDayOff}. */
export async function closeDays(context: Act, request: DayOffRequest): Promise<DaysOffChange> {
  const key = readOccasionKey(request.name);
  if (SHIPPED_DAYS_OFF.daysOff.some((row) => row.key === key)) throw knownOccasion(key);
  const days = daysFrom(request.on, request.untilOn ?? request.on);
  return await changeDaysOff(context, key, (calendar) => {
    const unknown = days.find((day) => calendarDayOf(calendar, day).kind === 'no-data');
    if (unknown !== undefined) throw unknownYear(unknown);
    const closed = daysOfOccasion(calendar, key);
    const isMourning = request.isMourning === true;
    const wasMourning = calendar.occasions.some((each) => each.key === key && each.rows.some((row) => row.isMourning === true));
    const fresh = isMourning && !wasMourning ? days : days.filter((day) => !isAmong(closed, day));
    return fresh.map((on) => ({ on, status: 'confirmed', supersedes: null, ...(isMourning ? { isMourning } : {}) }));
  });
}

function daysFrom(first: Day, last: Day): readonly Day[] {
  const count = daysBetween(first, last) + 1;
  if (count >= 1 && count <= MOST_DAYS_OFF) return Array.from({ length: count }, (_, offset) => addDays(first, offset));
  throw new OperatorError({
    code: 'calendar.bad-span',
    kind: 'usage',
    message:
      count < 1
        ? `${dayText(last)} is before ${dayText(first)}.`
        : `${count} days off in a row are more than the ${MOST_DAYS_OFF} one entry may have.`,
    tryThis: 'Check both days; to stop for longer use `wafa calendar quiet --until DAY --reason TEXT`.',
  });
}

const knownOccasion = (key: string): OperatorError =>
  new OperatorError({
    code: 'calendar.known-occasion',
    kind: 'refused',
    message: `${key} is an occasion that comes with Wafa, and not the company's own.`,
    tryThis: `Say on which days it is with \`wafa calendar confirm ${key} --on DAY,DAY\`, or choose another name.`,
  });

const unknownYear = (day: Day): OperatorError =>
  new OperatorError({
    code: 'calendar.unknown-year',
    kind: 'refused',
    message: `The calendar knows nothing of ${day.year}, so everything is closed there as it is.`,
    tryThis: 'Check the year.',
  });
