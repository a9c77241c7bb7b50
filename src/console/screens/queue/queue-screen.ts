/** The queue: what waits for a person, by money at risk. */
import { act, holdPrompt, scheduled, verbOn } from './queue-actions.ts';
import { exportChoice } from './queue-export.ts';
import { openQueue, openView, PAGE, queueAbout, turned, type QueueState } from './queue-state.ts';
import { queueRowsShown, queueView } from './queue-view.ts';
import { orderWords, viewBindings } from './queue-views.ts';
import { editField, fieldOf } from '../../input/edit-field.ts';
import type { Binding } from '../../input/binding.ts';
import type { Outcome, Screen, Surroundings } from '../../state/screen.ts';
import { asAnyScreen } from '../../state/screen.ts';
import { markBindings, moveBindings, type ListPlace } from '../../widgets/list-bindings.ts';
import { chosenRows, cursorRow, merged, moved, scrolled, unmarked } from '../../widgets/list-state.ts';
import { totalsWords } from '../../widgets/money-words.ts';
import { readQueueFilter } from '../../../app/queue-terms.ts';
import type { QueueView } from '../../../app/reminder-view.ts';
import type { SavedView } from '../../../app/saved-views.ts';

interface QueueAnswer {
  readonly reminders: readonly QueueView[];
  readonly next: string | null;
  readonly views?: readonly SavedView[];
}

const place: ListPlace<QueueState, QueueView> = {
  list: ({ list }) => list,
  withList: (state, list) => ({ ...state, list }),
  shownRows: queueRowsShown,
};

const whyNone = (state: QueueState, { atMs }: Surroundings): string | null =>
  chosenRows(state.list).length === 0
    ? 'nothing is chosen'
    : atMs < state.list.settlesAtMs
      ? 'the row under the cursor has just left'
      : null;

/** In help, not in the footer, which has room for a day's work only. */
const SELDOM: ReadonlySet<string> = new Set(['escalate', 'deescalate']);

const bindings: readonly Binding<QueueState>[] = [
  ...pagedMoves(moveBindings(place)),
  {
    name: 'open',
    chords: ['enter', 'right', 'l'],
    label: 'open',
    about: 'Everything about the reminder under the cursor.',
    whyNot: (state) => (cursorRow(state.list) === undefined ? 'nothing is here' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return { state, intents: row === undefined ? [] : [{ kind: 'open', screen: 'reminder', about: { id: row.id } }] };
    },
  },
  ...markBindings(place),
  onChosen('approve', ['a'], 'Approve the marked reminders, or the one under the cursor, exactly as shown.', (rows) =>
    verbOn('approve', rows, { undo: 'undo' }),
  ),
  {
    name: 'hold',
    chords: ['h'],
    label: 'hold',
    about: 'Stop reminders until a day, or until released.',
    verb: 'hold',
    whyNot: whyNone,
    run: (state) => ({ state, intents: [{ kind: 'prompt', prompt: holdPrompt(chosenRows(state.list)) }] }),
  },
  {
    name: 'take-back',
    chords: ['U'],
    label: 'take back',
    about: 'Take back the approval of the marked reminders, or of the one under the cursor, as long as they have not left.',
    verb: 'undo',
    isQuiet: true,
    whyNot: (state, surroundings) =>
      whyNone(state, surroundings) ?? (scheduled(chosenRows(state.list)).length === 0 ? 'none of them is scheduled' : null),
    run: (state) => ({ state, intents: [act(verbOn('undo', scheduled(chosenRows(state.list)), { asks: false }))] }),
  },
  onChosen('release', ['R'], 'Put held reminders back to be approved.', (rows) => verbOn('release', rows, { asks: false })),
  onChosen('cancel', ['X'], 'Cancel reminders; their items may be reminded of again when due.', (rows) => verbOn('cancel', rows)),
  onChosen('escalate', ['E'], 'Raise reminders by one level; each has to be approved again.', (rows) =>
    verbOn('escalate', rows, { undo: 'deescalate' }),
  ),
  onChosen('deescalate', ['D'], 'Lower reminders by one level; each has to be approved again.', (rows) => verbOn('deescalate', rows)),
  {
    name: 'explain',
    chords: ['w'],
    label: 'why',
    about: 'Why this account is reminded, in sentences.',
    whyNot: (state) => (cursorRow(state.list) === undefined ? 'nothing is here' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return {
        state,
        intents:
          row === undefined
            ? []
            : [{ kind: 'verb', act: { words: ['explain', row.customer.code], confirm: null, shows: 'page', undo: null } }],
      };
    },
  },
  {
    name: 'preview',
    chords: ['p'],
    label: 'preview',
    about: 'The mail as it will read.',
    whyNot: (state) => (cursorRow(state.list) === undefined ? 'nothing is here' : null),
    run: (state) => {
      const row = cursorRow(state.list);
      return {
        state,
        intents:
          row === undefined
            ? []
            : [{ kind: 'verb', act: { words: ['preview', String(row.id), '--text'], confirm: null, shows: 'page', undo: null } }],
      };
    },
  },
  {
    name: 'copy',
    chords: ['y'],
    label: 'copy',
    about: 'Copy the account’s code.',
    isQuiet: true,
    run: (state) => {
      const row = cursorRow(state.list);
      return { state, intents: row === undefined ? [] : [{ kind: 'copy', text: row.customer.code, what: row.customer.code }] };
    },
  },
  {
    name: 'export',
    chords: ['x'],
    label: 'export',
    about: 'Write the whole list, as filtered and ordered, into a file of the folder the console was started in: CSV or Excel.',
    isQuiet: true,
    whyNot: (state) => (state.list.rows.length === 0 ? 'nothing is here' : null),
    run: (state) => ({ state, intents: [{ kind: 'choose', choice: exportChoice(state) }] }),
  },
  {
    name: 'filter',
    chords: ['/'],
    label: 'filter',
    about: 'Narrow the list: level:firm days>90 score>60 status:held, or part of a name.',
    run: (state) => ({ state: { ...state, typing: fieldOf(state.filter) } }),
  },
  ...viewBindings,
  {
    name: 'order',
    chords: ['r'],
    label: 'refresh',
    about: 'Read again, show what is new and put everything in order.',
    isQuiet: true,
    run: (state) => ({ state: { ...state, list: { ...state.list, wantsOrder: true } }, intents: [{ kind: 'refresh' }] }),
  },
];

function onChosen(
  name: string,
  chords: readonly string[],
  about: string,
  verb: (rows: readonly QueueView[]) => ReturnType<typeof verbOn>,
): Binding<QueueState> {
  return {
    name,
    chords,
    label: name,
    about,
    verb: name,
    isQuiet: SELDOM.has(name),
    whyNot: whyNone,
    run: (state) => ({ state, intents: [act(verb(chosenRows(state.list)))] }),
  };
}

/** Beyond the last row of a page the next page begins, above the first the one before, and the first row is that of the first page. */
const PAGE_TURNS: Readonly<Record<string, 'next' | 'previous' | 'first'>> = {
  down: 'next',
  'page-down': 'next',
  up: 'previous',
  'page-up': 'previous',
  first: 'first',
};

function pagedMoves(moves: readonly Binding<QueueState>[]): readonly Binding<QueueState>[] {
  return moves.map((binding) => ({
    ...binding,
    run: (state, surroundings) => {
      const outcome = binding.run(state, surroundings);
      const turn = PAGE_TURNS[binding.name];
      const hasMoved = outcome.state.list.cursorId !== state.list.cursorId && turn !== 'first';
      if (turn === undefined || hasMoved || state.list.rows.length === 0) return outcome;
      return { state: turned(state, turn) ?? outcome.state };
    },
  }));
}

/** While a filter is typed every key is text; otherwise Escape drops marks, then the filter. */
function typedKey(state: QueueState, key: Parameters<typeof editField>[1]): Outcome<QueueState> | null {
  if (state.typing === null) return null;
  if (key.chord === 'esc') return { state: { ...state, typing: null } };
  if (key.chord !== 'enter') return { state: { ...state, typing: editField(state.typing, key) ?? state.typing } };
  const filter = state.typing.value.trim();
  const read = readQueueFilter(filter);
  if (!read.ok) return { state, intents: [{ kind: 'flash', text: read.why, tone: 'notice' }] };
  return { state: openQueue({ ...state, filter }) };
}

function escape(state: QueueState): Outcome<QueueState> | null {
  if (state.list.marks.size > 0 || state.list.rangeFrom !== null) return { state: { ...state, list: unmarked(state.list) } };
  if (state.filter !== '') return { state: openQueue({ ...state, filter: '' }) };
  return null;
}

const queue: Screen<QueueState, QueueAnswer> = {
  name: 'queue',
  title: 'Queue',
  digit: '2',
  open: queueAbout,
  question: ({ filter, order, after }) => ({ filter, ...order, after }),
  fetch: async (session, question) => {
    const { readQueueAndViews } = await import('../../../app/read-reminders.ts');
    const { filter: typed, order } = queueAbout(question);
    const read = readQueueFilter(typed);
    return await readQueueAndViews(session, {
      filter: read.ok ? read.filter : {},
      order,
      limit: PAGE,
      after: question['after'] as string | null,
    });
  },
  received: (state, { reminders, next, views = state.views }, surroundings) => {
    const { list, hasLost } = merged(state.list, reminders, surroundings.atMs);
    const fitted = { ...state, next, views, list: scrolled(list, queueRowsShown(surroundings)) };
    return hasLost
      ? { state: fitted, intents: [{ kind: 'flash', text: 'The row under the cursor has left the queue.', tone: 'notice' }] }
      : { state: fitted };
  },
  bindings,
  captures: (state) => state.typing !== null,
  unbound: (state, key) => typedKey(state, key) ?? (key.chord === 'esc' ? escape(state) : null),
  view: queueView,
  heading: (state) => {
    const { list, filter, order, before, next } = state;
    const from = before.length * PAGE;
    const count = `${from + 1}-${from + list.rows.length}${next === null ? '' : ' of more'}`;
    const view = openView(state);
    return [
      list.rows.length === 0 ? '' : `${count}, ${orderWords(order)}`,
      view === undefined ? '' : `view: ${view.name}`,
      filter === '' ? '' : `filter: ${filter}`,
      list.waiting > 0 ? `${list.waiting} new, order held (r)` : '',
    ]
      .filter(Boolean)
      .join('  ');
  },
  spoken: ({ list }) => {
    const row = cursorRow(moved(list, 0, 1));
    if (row === undefined) return ['The queue is empty.'];
    return [
      `${row.customer.name}, account ${row.customer.code}, ${row.level.toLowerCase()}, risk ${row.score}, ${totalsWords(row.totals)}, oldest ${row.oldestDaysPastDue} days past due, ${row.statusWord}${list.marks.has(row.id) ? ', marked' : ''}.`,
    ];
  },
};

export const queueScreen = asAnyScreen(queue);
