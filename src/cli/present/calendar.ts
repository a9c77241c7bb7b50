import { dayOfText, instantText } from './amounts.ts';
import { genericPresenter } from './generic.ts';
import type { Presenter, PresentContext } from './presenter.ts';
import { heading, hint, line, table, type Column, type Page } from '../page.ts';
import type { CalendarCheck, CalendarDayView, CalendarMonth } from '../../app/calendar/read-calendar.ts';

type CalendarData = CalendarMonth | CalendarCheck | Readonly<Record<string, unknown>>;

const DAY_COLUMNS: readonly Column[] = [{ title: 'DAY' }, { title: 'OPEN' }, { title: 'WHY', least: 20 }];

const CHECK_COLUMNS: readonly Column[] = [
  { title: 'OCCASION' },
  { title: 'STATUS' },
  { title: 'CLOSED', least: 16 },
  { title: 'ALSO HELD', least: 12, leaveOut: 1 },
];

export const calendarPresenter: Presenter<CalendarData> = {
  page: (data, context) => {
    if ('month' in data) return monthPage(data as CalendarMonth, context);
    if ('unconfirmed' in data) return checkPage(data as CalendarCheck);
    return genericPresenter.page(data, context);
  },
};

function monthPage({ month, preset, timeZone, quietUntil, days }: CalendarMonth, context: PresentContext): Page {
  return [
    heading(`${month}, calendar ${preset}, times in ${timeZone}`),
    table(
      DAY_COLUMNS,
      days.map((day) => [dayOfText(day.on), day.windows.join(', '), whyText(day)]),
    ),
    ...(quietUntil === null ? [] : [hint(`Quiet: nothing leaves before ${instantText(quietUntil, context.timeZone)}.`)]),
  ];
}

const SEASONS: Readonly<Record<string, string>> = {
  'ramadan-last-ten': 'end of Ramadan: at most FIRM',
  eid: 'Eid: at most FIRM',
  mourning: 'mourning: at most FIRM',
};

function whyText(day: CalendarDayView): string {
  const season = day.season === null ? null : (SEASONS[day.season] ?? day.season);
  const ramadan = day.isRamadan && season === null ? 'Ramadan' : null;
  return [closedText(day), season ?? ramadan].filter((part) => part !== null).join('; ');
}

function closedText({ state, reason, occasion, status }: CalendarDayView): string | null {
  if (state === 'unknown') return 'no days off are known for this year: closed';
  if (reason === 'weekly-rest') return 'day of rest';
  if (reason === 'held') return `held: ${occasion ?? ''} may be moved here`;
  return reason === null ? null : `${occasion ?? ''} (${status ?? ''})`;
}

function checkPage({ from, to, unconfirmed, unknownYears }: CalendarCheck): Page {
  return [
    heading(`To confirm from ${dayOfText(from)} to ${dayOfText(to)}: ${unconfirmed.length === 0 ? 'nothing' : unconfirmed.length}`),
    ...(unconfirmed.length === 0
      ? []
      : [
          table(
            CHECK_COLUMNS,
            unconfirmed.map(({ key, status, days, heldDays }) => [key, status, days.join(' '), heldDays.join(' ')]),
          ),
        ]),
    ...unknownYears.map((year) => line(`No days off are known for ${year}: nothing is sent in it.`)),
  ];
}
