/** Words for an amount that does not fit the documents it is to be spread over. */
import { moneyText, type Currency } from '../../domain/money.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Share, Spread } from '../../domain/receipt-allocation.ts';

export interface FittingSpread {
  readonly shares: readonly Share[];
  readonly restMinor: bigint;
}

/** @throws OperatorError `allocation.closed|over-balance|over-amount` */
export function requireFitting(spread: Spread, currency: Currency): FittingSpread {
  switch (spread.kind) {
    case 'spread':
      return spread;
    case 'closed':
      throw refused(
        'closed',
        `Invoice ${spread.document.number} has nothing open.`,
        'Leave it out; money without an invoice stays on account.',
      );
    case 'over-balance':
      throw refused(
        'over-balance',
        `Invoice ${spread.document.number} has only ${moneyText({ minor: spread.document.openMinor, currency })} open.`,
        'Give it at most that; the rest stays on account.',
      );
    case 'over-amount':
      throw refused(
        'over-amount',
        `The amount is used up before invoice ${spread.document.number}.`,
        'Name fewer invoices, or smaller amounts for them.',
      );
  }
}

const refused = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `allocation.${what}`, kind: 'usage', message, tryThis });
