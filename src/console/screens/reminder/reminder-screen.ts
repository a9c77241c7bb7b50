/** One reminder with everything a decision needs: its rows, why it is asked, why so firmly, what happened. */
import { act, seenId, verbOn } from '../queue/queue-actions.ts';
import type { Binding } from '../../input/binding.ts';
import { asAnyScreen, type Screen } from '../../state/screen.ts';
import { linesFrom, scrollBindings } from '../../widgets/scroll.ts';
import { pageLines } from '../../widgets/page-lines.ts';
import { totalsWords } from '../../widgets/money-words.ts';
import { showPresenter } from '../../../cli/present/show.ts';
import type { ReminderView } from '../../../app/read-reminders.ts';

interface ReminderState {
  readonly id: number;
  readonly top: number;
  readonly view: ReminderView | null;
}

const whyNone = ({ view }: ReminderState): string | null => (view === null ? 'it has not been read yet' : null);

const reading = (name: string, chord: string, about: string, words: (view: ReminderView) => readonly string[]): Binding<ReminderState> => ({
  name,
  chords: [chord],
  label: name,
  about,
  whyNot: whyNone,
  run: (state) => ({
    state,
    intents: state.view === null ? [] : [{ kind: 'verb', act: { words: words(state.view), confirm: null, shows: 'page', undo: null } }],
  }),
});

const deciding = (name: string, chord: string, about: string, undo: string | null, asks = true): Binding<ReminderState> => ({
  name,
  chords: [chord],
  label: name,
  about,
  verb: name,
  whyNot: whyNone,
  run: (state) => ({ state, intents: state.view === null ? [] : [act(verbOn(name, [state.view], { undo, asks }))] }),
});

const bindings: readonly Binding<ReminderState>[] = [
  ...scrollBindings<ReminderState>(),
  deciding('approve', 'a', 'Approve this reminder exactly as shown.', 'undo'),
  {
    name: 'hold',
    chords: ['h'],
    label: 'hold',
    about: 'Stop this reminder until a day.',
    verb: 'hold',
    whyNot: whyNone,
    run: (state) => ({
      state,
      intents:
        state.view === null
          ? []
          : [
              {
                kind: 'prompt',
                prompt: {
                  title: 'Hold until which day?',
                  hint: 'A day such as 2026-11-26; the reminder is proposed again on it.',
                  value: '',
                  act: {
                    words: ['hold', seenId(state.view), '--until', '{answer}'],
                    confirm: null,
                    shows: 'summary',
                    undo: ['release', String(state.view.id)],
                  },
                },
              },
            ],
    }),
  },
  deciding('release', 'R', 'Put it back to be approved.', null, false),
  deciding('cancel', 'X', 'Cancel it.', null),
  reading('preview', 'p', 'The mail as it will read.', ({ id }) => ['preview', String(id), '--text']),
  reading('explain', 'w', 'Why this account is reminded, in sentences.', ({ customer }) => ['explain', customer.code]),
];

const reminder: Screen<ReminderState, ReminderView> = {
  name: 'reminder',
  title: 'Reminder',
  digit: null,
  open: (about) => ({ id: about['id'] as number, top: 0, view: null }),
  question: ({ id }) => ({ id }),
  fetch: async (session, { id }) => {
    const [{ readReminder }, { asId }] = [await import('../../../app/read-reminders.ts'), await import('../../../domain/ids.ts')];
    return await readReminder(session, asId<'reminder'>(id as number));
  },
  received: (state, view) => ({ state: { ...state, view } }),
  bindings,
  view: ({ view, top }, brush, { area, timeZone }) =>
    view === null
      ? []
      : linesFrom(pageLines(showPresenter.page({ reminder: view }, { notes: [], timeZone }), brush, area.columns), top, area.rows),
  heading: ({ view }) => (view === null ? '' : `${view.id}  ${view.customer.code} ${view.customer.name}  ${totalsWords(view.totals)}`),
  spoken: ({ view }) =>
    view === null
      ? []
      : [`Reminder ${view.id} to ${view.customer.name}: ${view.level.toLowerCase()}, ${totalsWords(view.totals)}, ${view.statusWord}.`],
};

export const reminderScreen = asAnyScreen(reminder);
