/** The queue's state: one page of reminders by money at risk, with the filter that chose them. */
import type { Field } from '../../state/console-state.ts';
import { emptyList, type ListState } from '../../widgets/list-state.ts';
import type { QueueView } from '../../../app/reminder-view.ts';

export interface QueueState {
  readonly list: ListState<QueueView>;
  /** As typed, such as `level:firm days>30`. */
  readonly filter: string;
  /** The filter being typed; null when none is. */
  readonly typing: Field | null;
  /** Where this page begins, and where the pages before it began; the first page begins at null. */
  readonly after: string | null;
  readonly before: readonly (string | null)[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

export const openQueue = (filter: string): QueueState => ({ list: emptyList(), filter, typing: null, after: null, before: [], next: null });
