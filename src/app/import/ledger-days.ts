/** For which day a file speaks, and which of the ledger's days it moves: the one of its invoices, the one of its receipts, or both. */
import { OperatorError } from '../../domain/operator-error.ts';
import { isBefore, type Day } from '../../domain/days.ts';
import type { Mapping, RecordKind } from '../../intake/mapping.ts';

export interface LedgerDays {
  readonly invoicesAsOn: Day | null;
  readonly receiptsAsOn: Day | null;
}

export interface FileContents {
  /** Each of its invoices says what is still open of it. */
  readonly statesBalances: boolean;
  readonly hasLeftOut: boolean;
}

/**
 * A list of open items says at once what was issued and what was paid, and so does any file in which every invoice states its balance.
 * Where rows were left out, one of them may be the very receipt that settles an invoice: the receipts are then as old as they were, until
 * those rows are in.
 */
export function daysSaidBy(mapping: Mapping, kind: RecordKind, ledgerOn: Day, { statesBalances, hasLeftOut }: FileContents): LedgerDays {
  const yields = mapping.files[kind]?.yields ?? {};
  const saysInvoices = yields.invoices !== undefined;
  const saysReceipts =
    !hasLeftOut && (yields.payments !== undefined || (saysInvoices && (statesBalances || mapping.ledger === 'open-items')));
  return { invoicesAsOn: saysInvoices ? ledgerOn : null, receiptsAsOn: saysReceipts ? ledgerOn : null };
}

/** As a batch remembers them, for the day it is taken back. */
export const daysText = ({ invoicesAsOn, receiptsAsOn }: LedgerDays): Readonly<Record<string, string>> => ({
  ...(invoicesAsOn === null ? {} : { invoicesAsOn: invoicesAsOn.toString() }),
  ...(receiptsAsOn === null ? {} : { receiptsAsOn: receiptsAsOn.toString() }),
});

/** @throws OperatorError `import.ledger-in-future`. */
export function ledgerDay(ledgerOn: Day | undefined, today: Day): Day {
  if (ledgerOn === undefined || !isBefore(today, ledgerOn)) return ledgerOn ?? today;
  throw new OperatorError({
    code: 'import.ledger-in-future',
    kind: 'usage',
    message: `The ledger cannot speak for ${ledgerOn.toString()}: today is ${today.toString()}.`,
    tryThis: 'Give the day the ledger was exported, or leave --as-of out for today.',
  });
}
