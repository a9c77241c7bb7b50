/** Keys for how the queue is looked at: its order, and the views a person keeps under names of their own. */
import { aboutView, openView, reversed, sortedNext, type QueueState } from './queue-state.ts';
import type { Binding } from '../../input/binding.ts';
import type { ChoiceEntry, Prompt } from '../../state/intent.ts';
import type { SavedView } from '../../../app/saved-views.ts';
import { QUEUE_ORDER_WORDS, type QueueOrder } from '../../../domain/queue-order.ts';

export const orderWords = ({ sort, isReversed }: QueueOrder): string => QUEUE_ORDER_WORDS[sort][isReversed ? 1 : 0];

export const viewBindings: readonly Binding<QueueState>[] = [
  {
    name: 'sort',
    chords: ['s'],
    label: 'sort',
    about: 'The next order: money at risk, age, amount, name, when it goes.',
    isQuiet: true,
    run: (state) => ({ state: sortedNext(state) }),
  },
  {
    name: 'reverse',
    chords: ['S'],
    label: 'reverse',
    about: 'The same order, the other way round.',
    isQuiet: true,
    run: (state) => ({ state: reversed(state) }),
  },
  {
    name: 'views',
    chords: ['V'],
    label: 'views',
    about: 'Your saved views: Enter opens one, Delete deletes it.',
    isQuiet: true,
    run: (state) => ({ state, intents: [{ kind: 'choose', choice: choiceOf(state.views) }] }),
  },
  {
    name: 'save-view',
    chords: ['W'],
    label: 'save view',
    about: 'Save the filter and the order under a name; it takes the place of a view of that name.',
    isQuiet: true,
    verb: 'view save',
    run: (state) => ({ state, intents: [{ kind: 'prompt', prompt: saving(state) }] }),
  },
];

const choiceOf = (views: readonly SavedView[]) => ({
  title: 'Your views',
  whenNone: 'None yet. Filter with / and sort with s, then save with W.',
  entries: views.map(entryOf),
});

const entryOf = (view: SavedView): ChoiceEntry => ({
  name: view.name,
  about: [view.filter, orderWords(view.order)].filter(Boolean).join(', '),
  intents: [{ kind: 'open', screen: 'queue', about: aboutView(view) }],
  removal: [
    {
      kind: 'verb',
      act: {
        words: ['view', 'delete', view.name],
        confirm: null,
        shows: 'summary',
        undo: saveWords(view.name, view),
      },
    },
  ],
});

const saving = (state: QueueState): Prompt => ({
  title: 'Save this view under which name?',
  hint: [state.filter === '' ? 'Everything' : state.filter, orderWords(state.order)].join(', '),
  value: openView(state)?.name ?? '',
  act: { words: saveWords('{answer}', state), confirm: null, shows: 'summary', undo: null },
});

const saveWords = (name: string, { filter, order }: Pick<QueueState, 'filter' | 'order'>): readonly string[] => [
  'view',
  'save',
  name,
  ...(filter === '' ? [] : ['--filter', filter]),
  '--sort',
  order.sort,
  ...(order.isReversed ? ['--reverse'] : []),
];
