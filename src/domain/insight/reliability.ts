/** How far promises to pay and post-dated cheques can be relied upon: of those that ended, the share that brought the money. */
import { wilson, type Estimate } from './interval.ts';

/** Counted once per promise or cheque, however many invoices it covers. */
export interface PromiseRecord {
  readonly kept: number;
  readonly broken: number;
}

export interface ChequeRecord {
  readonly cleared: number;
  readonly returned: number;
  /** Ran out, and nobody said what the bank did; counts for neither. */
  readonly unheard: number;
}

/** `null` when none has ended: nothing is known, which is neither good nor bad. */
export const promiseReliability = ({ kept, broken }: PromiseRecord): Estimate | null => shareOf(kept, broken);
export const chequeReliability = ({ cleared, returned }: ChequeRecord): Estimate | null => shareOf(cleared, returned);

const shareOf = (good: number, bad: number): Estimate | null => (good + bad === 0 ? null : wilson(good / (good + bad), good + bad));
