/** Calendar: when mail may leave, month by month, and what somebody has to confirm. */
import { monthLines } from './month-lines.ts';
import type { Binding } from '../../input/binding.ts';
import { asAnyScreen, type Screen } from '../../state/screen.ts';
import { linesFrom } from '../../widgets/scroll.ts';
import type { CalendarCheck, CalendarMonth } from '../../../app/calendar/read-calendar.ts';

export interface CalendarState {
  /** Months away from this one. */
  readonly away: number;
  readonly top: number;
  readonly data: CalendarData | null;
}

export interface CalendarData {
  readonly month: CalendarMonth;
  readonly check: CalendarCheck;
}

/** How far ahead occasions that wait are looked for: a quarter and the month after, so that Eid is seen before Ramadan begins. In days. */
const DAYS_CHECKED = 130;

const turn = (name: string, chords: readonly string[], about: string, to: (away: number) => number): Binding<CalendarState> => ({
  name,
  chords,
  label: name,
  about,
  run: (state) => ({ state: { ...state, away: to(state.away), top: 0 } }),
});

const verbFor = (name: string, chord: string, about: string, text: string): Binding<CalendarState> => ({
  name,
  chords: [chord],
  label: name,
  about,
  verb: `calendar ${name}`,
  run: (state) => ({ state, intents: [{ kind: 'command-line', text }] }),
});

const firstOpen = ({ data }: CalendarState): string => data?.check.unconfirmed[0]?.key ?? '';

const bindings: readonly Binding<CalendarState>[] = [
  turn('next', ['right', 'l', 'n'], 'The next month.', (away) => away + 1),
  turn('previous', ['left', 'h', 'b'], 'The month before.', (away) => away - 1),
  turn('today', ['t', 'home'], 'Back to this month.', () => 0),
  {
    name: 'confirm',
    chords: ['c'],
    label: 'confirm',
    about: 'Confirm the first occasion that waits: its days are announced.',
    verb: 'calendar confirm',
    whyNot: (state) => (firstOpen(state) === '' ? 'nothing waits to be confirmed' : null),
    run: (state) => ({ state, intents: [{ kind: 'command-line', text: `calendar confirm ${firstOpen(state)} ` }] }),
  },
  verbFor('withdraw', 'x', 'Withdraw a day off that is not one after all.', 'calendar withdraw '),
  verbFor('quiet', 'z', 'Let nothing leave until a day.', 'calendar quiet '),
];

const calendar: Screen<CalendarState, CalendarData> = {
  name: 'calendar',
  title: 'Calendar',
  digit: '7',
  open: () => ({ away: 0, top: 0, data: null }),
  question: ({ away }) => ({ away }),
  fetch: async (session, { away }) => {
    const { checkCalendar, readCalendarMonth } = await import('../../../app/calendar/read-calendar.ts');
    const present = await readCalendarMonth(session);
    const month =
      away === 0 ? present : await readCalendarMonth(session, Temporal.PlainYearMonth.from(present.month).add({ months: away as number }));
    return { month, check: await checkCalendar(session, DAYS_CHECKED) };
  },
  received: (state, data) => ({ state: { ...state, data } }),
  bindings,
  view: ({ data, top }, brush, { area, today }) => (data === null ? [] : linesFrom(monthLines(data, brush, area, today), top, area.rows)),
  heading: ({ data }) => (data === null ? '' : `${data.month.month}  ${data.month.preset}`),
  spoken: ({ data }) =>
    data === null
      ? []
      : data.month.days.map(
          ({ on, windows, occasion }) =>
            `${on}: ${windows.length === 0 ? 'closed' : windows.join(', ')}${occasion === null ? '' : `, ${occasion}`}.`,
        ),
};

export const calendarScreen = asAnyScreen(calendar);
