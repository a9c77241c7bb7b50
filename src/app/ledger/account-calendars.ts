/** The contact calendars that accounts keep: their own, or the company's. What is promised or banked is counted in their working days. */
import type { Act } from '../act.ts';
import type { ContactCalendar } from '../../domain/calendar/contact-calendar.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { calendarPresetsOf } from '../../store/sql/calendar-presets.ts';

/** One read for all of them. */
export async function accountCalendars(context: Act, accountIds: readonly CustomerId[]): Promise<(id: CustomerId) => ContactCalendar> {
  const { company, ofPreset } = await context.calendars();
  const own = new Map((await calendarPresetsOf(context.tx, accountIds)).map(({ id, calendarPreset }) => [id, calendarPreset]));
  return (id) => {
    const preset = own.get(id);
    return preset === undefined ? company : ofPreset(preset);
  };
}

export const accountCalendar = async (context: Act, accountId: CustomerId): Promise<ContactCalendar> =>
  (await accountCalendars(context, [accountId]))(accountId);
