/** One reminder with everything a decision needs: its rows, why it is asked, why so firmly, what happened. */
import { act, holdPrompt, verbOn } from '../queue/queue-actions.ts';
import type { Binding } from '../../input/binding.ts';
import { asAnyScreen, type Screen } from '../../state/screen.ts';
import { linesFrom, scrollBindings } from '../../widgets/scroll.ts';
import { pageLines } from '../../widgets/page-lines.ts';
import { totalsWords } from '../../widgets/money-words.ts';
import { showPresenter } from '../../../cli/present/show.ts';
import { accountBlocks } from '../../../cli/present/reminder-account.ts';
import type { Page } from '../../../cli/page.ts';
import { spokenLines } from '../../../cli/spoken-lines.ts';
import type { ReminderAccount } from '../../../app/read-reminder-account.ts';
import type { ReminderView } from '../../../app/read-reminders.ts';

interface ReminderState {
  readonly id: number;
  readonly top: number;
  readonly view: ReminderView | null;
  readonly account: ReminderAccount | null;
}

interface ReminderAnswer {
  readonly view: ReminderView;
  readonly account: ReminderAccount;
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
    run: (state) => ({ state, intents: state.view === null ? [] : [{ kind: 'prompt', prompt: holdPrompt([state.view]) }] }),
  },
  {
    name: 'take-back',
    chords: ['U'],
    label: 'take back',
    about: 'Take back its approval, as long as it has not left.',
    verb: 'undo',
    isQuiet: true,
    whyNot: (state) => whyNone(state) ?? (state.view?.status === 'QUEUED' ? null : 'it is not scheduled'),
    run: (state) => ({ state, intents: state.view === null ? [] : [act(verbOn('undo', [state.view], { asks: false }))] }),
  },
  deciding('release', 'R', 'Put it back to be approved.', null, false),
  deciding('cancel', 'X', 'Cancel it.', null),
  { ...deciding('escalate', 'E', 'Raise it by one level; it has to be approved again.', 'deescalate'), isQuiet: true },
  { ...deciding('deescalate', 'D', 'Lower it by one level; it has to be approved again.', null), isQuiet: true },
  reading('preview', 'p', 'The mail as it will leave, with what goes with it.', ({ id }) => ['preview', String(id), '--text']),
  reading('english', 'e', 'The mail in English, whatever it leaves in.', ({ id }) => ['preview', String(id), '--language', 'EN']),
  reading('arabic', 'b', 'The mail in Arabic, whatever it leaves in.', ({ id }) => ['preview', String(id), '--language', 'AR']),
  reading('explain', 'w', 'Why this account is reminded, in sentences.', ({ customer }) => ['explain', customer.code]),
  {
    name: 'customer',
    chords: ['c'],
    label: 'customer',
    about: 'Everything about the customer, and a key for each thing they say on the telephone.',
    whyNot: whyNone,
    run: (state) => ({
      state,
      intents: state.view === null ? [] : [{ kind: 'open', screen: 'customer', about: { code: state.view.customer.code } }],
    }),
  },
  {
    name: 'copy',
    chords: ['y'],
    label: 'copy',
    about: 'Copy the account’s code.',
    isQuiet: true,
    whyNot: whyNone,
    run: (state) => ({
      state,
      intents: state.view === null ? [] : [{ kind: 'copy', text: state.view.customer.code, what: state.view.customer.code }],
    }),
  },
  {
    name: 'pager',
    chords: ['v'],
    label: 'pager',
    about: 'Read all of this in your pager.',
    isQuiet: true,
    whyNot: whyNone,
    run: (state, { timeZone }) => ({
      state,
      intents: [{ kind: 'outside', program: 'pager', title: 'Reminder', page: pageOf(state, timeZone) }],
    }),
  },
];

/** The reminder as `wafa show` tells it, with the account before the history: what decides comes before what was. */
function pageOf({ view, account }: ReminderState, timeZone: string): Page {
  if (view === null) return [];
  const page = showPresenter.page({ reminder: view }, { notes: [], timeZone });
  if (account === null) return page;
  const history = page.findIndex((block) => block.kind === 'heading' && (block.text === 'Attempts' || block.text === 'History'));
  const at = history < 0 ? page.length : history - 1;
  return [...page.slice(0, at), ...accountBlocks(account), ...page.slice(at)];
}

const reminder: Screen<ReminderState, ReminderAnswer> = {
  name: 'reminder',
  title: 'Reminder',
  digit: null,
  open: (about) => ({ id: about['id'] as number, top: 0, view: null, account: null }),
  question: ({ id }) => ({ id }),
  fetch: async (session, { id: number }) => {
    const [{ readReminder }, { readReminderAccount }, { asId }] = [
      await import('../../../app/read-reminders.ts'),
      await import('../../../app/read-reminder-account.ts'),
      await import('../../../domain/ids.ts'),
    ];
    const id = asId<'reminder'>(number as number);
    return { view: await readReminder(session, id), account: await readReminderAccount(session, id) };
  },
  received: (state, { view, account }) => ({ state: { ...state, view, account } }),
  bindings,
  view: (state, brush, { area, timeZone }) =>
    state.view === null ? [] : linesFrom(pageLines(pageOf(state, timeZone), brush, area.columns), state.top, area.rows),
  heading: ({ view }) => (view === null ? '' : `${view.id}  ${view.customer.code} ${view.customer.name}  ${totalsWords(view.totals)}`),
  spoken: (state, { timeZone }) => spokenLines(pageOf(state, timeZone)),
};

export const reminderScreen = asAnyScreen(reminder);
