/**
 * The frame of every change to a company's own days off: one at a time, recorded as rows that take the place of earlier ones, a fact
 * about the whole company, and one audit event. What the rows mean is decided by the calendar alone.
 */
import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { compileCompanyCalendars } from '../company-calendar.ts';
import { CALENDAR_PRESETS } from '../../domain/calendar/calendar-presets.ts';
import { calendarDayOf, type ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import type { DayOff } from '../../domain/calendar/day-off.ts';
import type { Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { lockCompany, updateCompany } from '../../store/sql/company-settings.ts';
import { recordDaysOff } from '../../store/sql/days-off.ts';

export interface DaysOffChange {
  readonly key: string;
  /** Every day the occasion closes afterwards, those held for it among them; in order. */
  readonly days: readonly Day[];
  /** Days it closed before that are working days now. */
  readonly reopened: readonly Day[];
  /** False when all of it was so already; then nothing is recorded. */
  readonly isChanged: boolean;
}

/** What a change itself decides about a row; the rest is the same for all of them. */
export type OwnDayOff = Pick<DayOff, 'on' | 'status' | 'supersedes' | 'isMourning'>;

/**
 * @param rowsFor Sees the calendar as it is under the lock; no rows, no change.
 * @throws OperatorError `calendar.never-closes`, and whatever `rowsFor` throws; nothing is recorded then.
 */
export async function changeDaysOff(
  context: Act,
  key: string,
  rowsFor: (calendar: ContactCalendar) => readonly OwnDayOff[] | Promise<readonly OwnDayOff[]>,
): Promise<DaysOffChange> {
  const { tx, company, policy } = context;
  if (CALENDAR_PRESETS[policy.calendar.preset].scope === null) throw neverCloses(policy.calendar.preset);
  await lockCompany(tx);
  // Compiled here, not taken from the act: that one may be older than the lock.
  const { company: before } = await compileCompanyCalendars(tx, company, policy);
  const rows = await rowsFor(before);
  if (rows.length === 0) return { key, days: daysOfOccasion(before, key), reopened: [], isChanged: false };
  const common = { key, scope: 'all', source: "the company's own record", announcedOn: context.today } as const;
  await recordDaysOff(
    tx,
    rows.map((row) => ({ ...common, ...row })),
    userIdOf(context.actor),
  );
  await updateCompany(tx, {});
  const { company: after } = await compileCompanyCalendars(tx, company, policy);
  const reopened = daysOfOccasion(before, key).filter((on) => calendarDayOf(after, on).kind === 'working');
  const days = daysOfOccasion(after, key);
  context.record({
    objectKind: 'company',
    objectId: company.companyId,
    detail: { key, days: days.map(String), reopened: reopened.map(String) },
  });
  return { key, days, reopened, isChanged: true };
}

/** Every day the occasion closes, held ones included, in order. */
export function daysOfOccasion(calendar: ContactCalendar, key: string): readonly Day[] {
  const occasion = calendar.occasions.find((each) => each.key === key);
  if (occasion === undefined) return [];
  return [...occasion.rows.map(({ on }) => on), ...occasion.heldEpochDays.map((epochDay) => calendar.dayAt(epochDay).on)].toSorted(
    Temporal.PlainDate.compare,
  );
}

export const isAmong = (days: readonly Day[], day: Day): boolean => days.some((each) => each.equals(day));

const neverCloses = (preset: string): OperatorError =>
  new OperatorError({
    code: 'calendar.never-closes',
    kind: 'refused',
    message: `The company's calendar is ${JSON.stringify(preset)}, which keeps no days off: one recorded in it would close nothing.`,
    tryThis:
      'Choose another with `wafa policy set calendar.preset=uae-private`, or stop everything for a while with `wafa calendar quiet`.',
  });
