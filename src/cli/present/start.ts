import type { Presenter } from './presenter.ts';
import { runBlocks } from './plan.ts';
import { queueTable, type QueueData } from './queue.ts';
import { mailText, sendingText } from './status.ts';
import { gap, heading, hint, line, pairs } from '../page.ts';
import type { StatusView } from '../../app/read-status.ts';
import type { RunView } from '../../app/reminder-view.ts';

export interface StartData extends QueueData, Pick<StatusView, 'company' | 'transport' | 'sending' | 'clockOverridden' | 'now'> {
  readonly run: RunView | null;
}

export const startPresenter: Presenter<StartData> = {
  takesNotes: true,
  page: (data, { notes, timeZone }) => [
    line(`${data.company.code} ${data.company.name}${data.company.isSample ? ' (a sample ledger: nobody in it is real)' : ''}`),
    gap,
    ...(data.run === null ? [] : [...runBlocks(data.run), gap]),
    ...(data.reminders.length === 0
      ? [line('The queue is empty.')]
      : [heading('Top of the queue, most money at risk first'), queueTable(data.reminders)]),
    gap,
    pairs(['Mail', mailText(data)], ['Sending', sendingText(data, timeZone)]),
    ...notes.map(hint),
  ],
};
