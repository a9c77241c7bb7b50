/** The day on which a ledger expects an invoice paid, as the promise Wafa takes it for. */
import type { Day } from '../../domain/days.ts';
import type { BlockRecord, InvoiceRecord } from '../ledger-records.ts';

/** @param startedOn the day of the import. */
export const promiseOf = ({ customerCode, number, source }: InvoiceRecord, promisedOn: Day, startedOn: Day): BlockRecord => ({
  kind: 'PROMISE',
  customerCode,
  invoiceNumber: number,
  amountMinor: null,
  reason: 'payment expected by the ledger',
  reference: null,
  chequeNumber: null,
  chequeBank: null,
  startedOn,
  promisedOn,
  outcome: null,
  endedOn: null,
  source,
});
