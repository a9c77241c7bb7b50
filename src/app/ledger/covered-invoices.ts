/** Which invoices a customer's word covers (a promise, a cheque, a claim of having paid): those named, or all that are open now. */
import { findInvoices, requireSameAccount } from './find-records.ts';
import type { BlockedItem } from './store-blocks.ts';
import type { Act } from '../act.ts';
import { readAmount, readCurrency } from '../operator-input.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { spreadOldestFirst } from '../../domain/receipt-allocation.ts';
import type { CustomerRow } from '../../store/sql/customers.ts';
import { lockDocuments, lockOpenInvoicesOfAccount, type DocumentRow } from '../../store/sql/invoices.ts';

export interface Coverage {
  readonly invoices?: readonly string[] | undefined;
  /** Decimal text; oldest items first. */
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
}

export interface CoveredInvoice {
  readonly invoice: DocumentRow;
  readonly item: BlockedItem;
}

/**
 * Under the account lock; the invoices are locked, oldest due first. Never empty.
 * @throws OperatorError `invoice.*`, `money.bad-amount`, `input.*`, and `WHAT.settled|nothing-open`
 */
export async function coveredInvoices(
  context: Act,
  what: 'promise' | 'cheque' | 'paid-claim',
  coverage: Coverage,
  customer: CustomerRow,
): Promise<readonly CoveredInvoice[]> {
  const open = await openInvoices(context, what, coverage, customer);
  const covered =
    coverage.amount === undefined
      ? open.map((invoice) => ({ invoice, item: wholly(invoice) }))
      : withinAmount(context, coverage, open, coverage.amount);
  if (covered.length > 0) return covered;
  throw fault(
    what,
    'nothing-open',
    `Customer ${customer.code} has nothing open that it could cover.`,
    'Record the payment instead, if it has arrived.',
  );
}

/** The named invoices as far as they are open, or all open ones of the account. */
async function openInvoices({ tx }: Act, what: string, { invoices }: Coverage, customer: CustomerRow): Promise<readonly DocumentRow[]> {
  if (invoices === undefined || invoices.length === 0) return await lockOpenInvoicesOfAccount(tx, customer.accountId);
  const named = await findInvoices(tx, invoices);
  requireSameAccount(named, customer.accountId, customer.code);
  const locked = await lockDocuments(
    tx,
    named.map(({ id }) => id),
  );
  const settled = locked.find(({ openMinor }) => openMinor === 0n);
  if (settled) throw fault(what, 'settled', `Invoice ${settled.number} has nothing open.`, 'Leave it out.');
  return locked.toSorted((a, b) => Temporal.PlainDate.compare(a.dueOn ?? a.issuedOn, b.dueOn ?? b.issuedOn) || a.id - b.id);
}

function withinAmount(context: Act, coverage: Coverage, open: readonly DocumentRow[], amount: string): readonly CoveredInvoice[] {
  const currency = coverage.currency === undefined ? (open[0]?.currency ?? context.company.baseCurrency) : readCurrency(coverage.currency);
  const inCurrency = open.filter((invoice) => invoice.currency === currency);
  const { shares } = spreadOldestFirst(
    readAmount(amount, currency),
    inCurrency.map(({ id, number, openMinor }) => ({ invoiceId: id, number, openMinor })),
  );
  const shareOf = new Map(shares.map((share) => [share.invoiceId, share.amountMinor]));
  return inCurrency.flatMap((invoice) => {
    const share = shareOf.get(invoice.id);
    if (share === undefined) return [];
    return [{ invoice, item: share === invoice.openMinor ? wholly(invoice) : { ...wholly(invoice), amountMinor: share } }];
  });
}

const wholly = (invoice: DocumentRow): BlockedItem => ({ customerId: invoice.customerId, invoiceId: invoice.id, amountMinor: null });

const fault = (what: string, which: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `${what}.${which}`, kind: 'usage', message, tryThis });
