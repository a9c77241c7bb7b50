import { genericPresenter } from './generic.ts';
import type { Presenter } from './presenter.ts';
import type { BatchData } from '../../app/commands/batch-result.ts';

/** What was done, as a list; what was refused is told by the notes, each with its reason. */
export const batchPresenter: Presenter<BatchData<unknown>> = {
  page: ({ done }, context) => (done.length === 0 ? [] : genericPresenter.page({ done }, context)),
};
