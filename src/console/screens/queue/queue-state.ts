/** The queue's state: one page of reminders in an order, with the filter that chose them. */
import type { Field } from '../../state/console-state.ts';
import type { Question } from '../../state/screen.ts';
import { emptyList, type ListState } from '../../widgets/list-state.ts';
import type { QueueView } from '../../../app/reminder-view.ts';
import type { SavedView } from '../../../app/saved-views.ts';
import { QUEUE_SORTS, USUAL_ORDER, type QueueOrder, type QueueSort } from '../../../domain/queue-order.ts';

export interface QueueState {
  readonly list: ListState<QueueView>;
  /** As typed, such as `level:firm days>30`. */
  readonly filter: string;
  readonly order: QueueOrder;
  /** The filter being typed; null when none is. */
  readonly typing: Field | null;
  /** Where this page begins, and where the pages before it began; the first page begins at null. */
  readonly after: string | null;
  readonly before: readonly (string | null)[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
  /** What this person keeps, as last read. */
  readonly views: readonly SavedView[];
}

/** Rows read at once: enough that paging within is instant, few enough that every read is. */
export const PAGE = 200;

type Looking = Pick<QueueState, 'filter' | 'order'> & Partial<Pick<QueueState, 'views'>>;

/** The first page of it. */
export const openQueue = ({ filter, order, views = [] }: Looking): QueueState => ({
  list: emptyList(),
  filter,
  order,
  typing: null,
  after: null,
  before: [],
  next: null,
  views,
});

/** What the queue is opened on: as in {@link aboutView}, or only a filter, or nothing. */
export function queueAbout(about: Question): QueueState {
  const sort = QUEUE_SORTS.find((known) => known === about['sort']) ?? USUAL_ORDER.sort;
  const filter = typeof about['filter'] === 'string' ? about['filter'] : '';
  return openQueue({ filter, order: { sort, isReversed: about['isReversed'] === true } });
}

export const aboutView = ({ filter, order }: SavedView): Question => ({ filter, ...order });

/** The view that is open, if it is one of theirs. */
export const openView = ({ filter, order, views }: QueueState): SavedView | undefined =>
  views.find((view) => view.filter === filter && view.order.sort === order.sort && view.order.isReversed === order.isReversed);

const nextSort = (sort: QueueSort): QueueSort => QUEUE_SORTS[(QUEUE_SORTS.indexOf(sort) + 1) % QUEUE_SORTS.length] ?? USUAL_ORDER.sort;

export const sortedNext = (state: QueueState): QueueState =>
  openQueue({ ...state, order: { sort: nextSort(state.order.sort), isReversed: false } });

export const reversed = (state: QueueState): QueueState =>
  openQueue({ ...state, order: { ...state.order, isReversed: !state.order.isReversed } });

/** The page that begins behind this one, the one before it, or the first; null when it is not there. */
export function turned(state: QueueState, to: 'next' | 'previous' | 'first'): QueueState | null {
  const fresh = openQueue(state);
  const previous = state.before.at(-1);
  if (to === 'first') return state.before.length === 0 ? null : fresh;
  if (to === 'next') return state.next === null ? null : { ...fresh, after: state.next, before: [...state.before, state.after] };
  return previous === undefined ? null : { ...fresh, after: previous, before: state.before.slice(0, -1) };
}
