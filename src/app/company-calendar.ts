/**
 * The contact calendar of a company: the preset its policy names, the days off that come with Wafa, and over them the company's
 * own. Customers may keep another preset, with the same days off. Compiled once per intention, because a calendar remembers what it
 * worked out about each day.
 */
import { CALENDAR_PRESETS, type CalendarPattern, type CalendarPresetName } from '../domain/calendar/calendar-presets.ts';
import { compileCalendar, type ContactCalendar } from '../domain/calendar/contact-calendar.ts';
import type { DayOffLayer } from '../domain/calendar/day-off.ts';
import { SHIPPED_DAYS_OFF } from '../domain/calendar/shipped-days-off.ts';
import type { Policy } from '../domain/policy.ts';
import type { CompanyTx } from '../store/connection/with-company.ts';
import type { CompanySettings } from '../store/sql/company-settings.ts';
import { companyRamadans } from '../store/sql/company-ramadans.ts';
import { companyDaysOff } from '../store/sql/days-off.ts';

/** Zone the UAE presets are written in; a company that keeps its books in another zone keeps their hours in its own. */
const HOME_ZONE = 'Asia/Dubai';

export interface CompanyCalendars {
  readonly company: ContactCalendar;
  /** Of a customer who keeps a week of its own, with the same days off data; compiled on first use. */
  readonly ofPreset: (preset: CalendarPresetName) => ContactCalendar;
}

export async function compileCompanyCalendars(
  tx: CompanyTx,
  company: Pick<CompanySettings, 'timeZone' | 'quietUntil' | 'factsVersion'>,
  policy: Policy,
): Promise<CompanyCalendars> {
  const overlay: DayOffLayer = {
    version: `company-${company.factsVersion}`,
    covers: [],
    daysOff: await companyDaysOff(tx),
    ramadans: await companyRamadans(tx),
  };
  const layers = [SHIPPED_DAYS_OFF, overlay];
  const compiled = new Map<CalendarPresetName, ContactCalendar>();
  const ofPreset = (preset: CalendarPresetName): ContactCalendar => {
    const pattern: CalendarPattern = CALENDAR_PRESETS[preset];
    const timeZone = pattern.timeZone === HOME_ZONE ? company.timeZone : pattern.timeZone;
    const calendar = compiled.get(preset) ?? compileCalendar({ ...pattern, timeZone, layers, quietUntil: company.quietUntil });
    compiled.set(preset, calendar);
    return calendar;
  };
  return { company: ofPreset(policy.calendar.preset), ofPreset };
}
