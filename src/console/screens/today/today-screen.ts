/** Today: what needs a person, before anything else is looked at. */
import type { Binding } from '../../input/binding.ts';
import { asAnyScreen, type Screen } from '../../state/screen.ts';
import { linesFrom, scrollBindings } from '../../widgets/scroll.ts';
import { pageLines } from '../../widgets/page-lines.ts';
import { statusPresenter } from '../../../cli/present/status.ts';
import type { StatusView } from '../../../app/read-status.ts';

interface TodayState {
  readonly top: number;
  readonly status: StatusView | null;
}

const bindings: readonly Binding<TodayState>[] = [
  ...scrollBindings<TodayState>(),
  {
    name: 'queue',
    chords: ['enter'],
    label: 'queue',
    about: 'To the reminders that wait.',
    run: (state) => ({ state, intents: [{ kind: 'open', screen: 'queue', about: {} }] }),
  },
];

const today: Screen<TodayState, StatusView> = {
  name: 'today',
  title: 'Today',
  digit: '1',
  open: () => ({ top: 0, status: null }),
  question: () => ({}),
  fetch: async (session) => {
    const { readStatus } = await import('../../../app/read-status.ts');
    return await readStatus(session);
  },
  received: (state, status) => ({ state: { ...state, status } }),
  bindings,
  view: ({ status, top }, brush, { area, timeZone }) =>
    status === null ? [] : linesFrom(pageLines(statusPresenter.page(status, { notes: [], timeZone }), brush, area.columns), top, area.rows),
  heading: () => '',
  spoken: ({ status }) => (status === null ? [] : status.reminders.map(({ statusWord, reminders }) => `${reminders} ${statusWord}.`)),
};

export const todayScreen = asAnyScreen(today);
