/** The ways to put the queue in order. Money at risk is the usual one; each ends at the reminder's id, so that no two rows are ever equal. */
export const QUEUE_SORTS = ['risk', 'age', 'amount', 'name', 'goes'] as const;

export type QueueSort = (typeof QUEUE_SORTS)[number];

export interface QueueOrder {
  readonly sort: QueueSort;
  /** The last first. */
  readonly isReversed: boolean;
}

export const USUAL_ORDER: QueueOrder = { sort: 'risk', isReversed: false };

/** What stands first, in words. */
export const QUEUE_ORDER_WORDS: Readonly<Record<QueueSort, readonly [usual: string, reversed: string]>> = {
  risk: ['by money at risk', 'least money at risk first'],
  age: ['oldest first', 'newest first'],
  amount: ['largest amount first', 'smallest amount first'],
  name: ['by name', 'by name, from the end'],
  goes: ['what goes first', 'what goes last first'],
};
