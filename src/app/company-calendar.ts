/**
 * The contact calendar of a company: the preset its policy names, the days off that come with Wafa, and over them the company's
 * own. Compiled once per intention, because it remembers what it worked out about each day.
 */
import { CALENDAR_PRESETS, type CalendarPattern } from '../domain/calendar/calendar-presets.ts';
import { compileCalendar, type ContactCalendar } from '../domain/calendar/contact-calendar.ts';
import type { DayOffLayer } from '../domain/calendar/day-off.ts';
import { SHIPPED_DAYS_OFF } from '../domain/calendar/shipped-days-off.ts';
import type { Policy } from '../domain/policy.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import type { CompanySettings } from '../store/sql/company-settings.ts';
import { companyDaysOff } from '../store/sql/days-off.ts';

/** Zone the UAE presets are written in; a company that keeps its books in another zone keeps their hours in its own. */
const HOME_ZONE = 'Asia/Dubai';

export async function compileCompanyCalendar(
  tx: CompanyTx,
  company: Pick<CompanySettings, 'timeZone' | 'quietUntil' | 'factsVersion'>,
  policy: Policy,
): Promise<ContactCalendar> {
  const pattern: CalendarPattern = CALENDAR_PRESETS[policy.calendar.preset];
  const overlay: DayOffLayer = {
    version: `company-${company.factsVersion}`,
    covers: [],
    daysOff: await companyDaysOff(tx),
    ramadans: [],
  };
  return compileCalendar({
    ...pattern,
    timeZone: pattern.timeZone === HOME_ZONE ? company.timeZone : pattern.timeZone,
    layers: [SHIPPED_DAYS_OFF, overlay],
    quietUntil: company.quietUntil,
  });
}
