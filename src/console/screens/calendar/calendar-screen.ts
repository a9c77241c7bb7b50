/** Calendar: when mail may leave, month by month, and what somebody has to confirm. */
import { monthLines } from './month-lines.ts';
import type { Prompt } from '../../state/intent.ts';
import type { Binding } from '../../input/binding.ts';
import { asAnyScreen, type Screen } from '../../state/screen.ts';
import { linesFrom } from '../../widgets/scroll.ts';
import type { CalendarCheck, CalendarMonth } from '../../../app/calendar/read-calendar.ts';

export interface CalendarState {
  /** Months away from this one. */
  readonly away: number;
  readonly top: number;
  /** The occasion to confirm that the cursor is on; null is the first one. */
  readonly chosen: string | null;
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

type Unconfirmed = CalendarCheck['unconfirmed'][number];

/** The one under the cursor; when it no longer waits, the first that does. */
function occasionAt({ data, chosen }: Pick<CalendarState, 'data' | 'chosen'>): Unconfirmed | undefined {
  const waiting = data?.check.unconfirmed ?? [];
  return waiting.find(({ key }) => key === chosen) ?? waiting[0];
}

const choose = (name: string, chords: readonly string[], about: string, by: number): Binding<CalendarState> => ({
  name,
  chords,
  label: name,
  about,
  isQuiet: true,
  run: (state) => {
    const waiting = state.data?.check.unconfirmed ?? [];
    const at = waiting.findIndex(({ key }) => key === occasionAt(state)?.key);
    return { state: { ...state, chosen: waiting[Math.max(0, Math.min(waiting.length - 1, at + by))]?.key ?? null } };
  },
});

/** The days it is believed to have stand there to be corrected: the moon decides, not we. */
const confirming = ({ key, days }: Unconfirmed): Prompt => ({
  title: `On which days is ${key}?`,
  hint: 'As announced. Days it was only believed to have are open again afterwards.',
  value: days.join(' '),
  reads: 'days',
  act: {
    words: ['calendar', 'confirm', key, '--on', '{answer}'],
    confirm: {
      question: `Confirm ${key}?`,
      facts: ['Nothing leaves on {answer}.', 'Every other day that was kept free for it may be worked on.'],
      typedWord: null,
      verb: 'confirm',
    },
    shows: 'summary',
    undo: null,
  },
});

const waitingWords = (occasion: Unconfirmed | undefined): string =>
  occasion === undefined
    ? 'Nothing waits to be confirmed.'
    : `To confirm: ${occasion.key}, ${occasion.status}, ${occasion.days.join(', ')}.`;

const bindings: readonly Binding<CalendarState>[] = [
  choose('down', ['down', 'j'], 'To the next occasion that waits to be confirmed.', 1),
  choose('up', ['up', 'k'], 'To the occasion above.', -1),
  turn('next', ['right', 'l', 'n'], 'The next month.', (away) => away + 1),
  turn('previous', ['left', 'h', 'b'], 'The month before.', (away) => away - 1),
  turn('today', ['t', 'home'], 'Back to this month.', () => 0),
  {
    name: 'confirm',
    chords: ['c'],
    label: 'confirm',
    about: 'Confirm the occasion under the cursor: its days are announced.',
    verb: 'calendar confirm',
    whyNot: (state) => (occasionAt(state) === undefined ? 'nothing waits to be confirmed' : null),
    run: (state) => {
      const occasion = occasionAt(state);
      return { state, intents: occasion === undefined ? [] : [{ kind: 'prompt', prompt: confirming(occasion) }] };
    },
  },
  verbFor('withdraw', 'x', 'Withdraw a day off that is not one after all.', 'calendar withdraw '),
  verbFor('quiet', 'z', 'Let nothing leave until a day.', 'calendar quiet '),
];

const calendar: Screen<CalendarState, CalendarData> = {
  name: 'calendar',
  title: 'Calendar',
  digit: '7',
  open: () => ({ away: 0, top: 0, chosen: null, data: null }),
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
  view: ({ data, top, chosen }, brush, { area, today }) =>
    data === null
      ? []
      : linesFrom(monthLines({ ...data, chosen: occasionAt({ data, chosen })?.key ?? null }, brush, area, today), top, area.rows),
  heading: ({ data }) => (data === null ? '' : `${data.month.month}  ${data.month.preset}`),
  spoken: ({ data, chosen }) =>
    data === null
      ? []
      : [
          ...data.month.days.map(
            ({ on, windows, occasion }) =>
              `${on}: ${windows.length === 0 ? 'closed' : windows.join(', ')}${occasion === null ? '' : `, ${occasion}`}.`,
          ),
          waitingWords(occasionAt({ data, chosen })),
        ],
};

export const calendarScreen = asAnyScreen(calendar);
