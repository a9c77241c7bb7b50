/** Writing the queue as it is looked at into a file, all its pages. */
import type { QueueState } from './queue-state.ts';
import type { Choice } from '../../state/intent.ts';
import { fileChoice } from '../../widgets/file-choice.ts';
import { filterWords, readQueueFilter } from '../../../app/queue-terms.ts';

export function exportChoice({ filter, order }: QueueState): Choice {
  const read = readQueueFilter(filter);
  const words = ['queue', ...filterWords(read.ok ? read.filter : {}), '--sort', order.sort, ...(order.isReversed ? ['--reverse'] : [])];
  return fileChoice((writes) => ({
    kind: 'verb',
    act: { words: [...words, '--limit', '1000'], writes, confirm: null, shows: 'summary', undo: null },
  }));
}
