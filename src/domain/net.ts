/**
 * The net of an account, per currency: what is asked of its included items less its open credits. A credit note linked to an
 * invoice follows that invoice: while the invoice is open but not asked for, the credit waits with it, and only what exceeds the
 * invoice counts. Unlinked credit notes, those whose invoice is settled or in another currency, and cash on account count in their
 * currency; advances and deposits never do. Credits stay rows of their own, so that rows add up to the total.
 */
import type { OpenItem } from './account-facts.ts';
import type { AskedItem } from './blocks.ts';
import type { InvoiceId } from './ids.ts';
import type { Currency } from './money.ts';
import { byNumber } from './open-items.ts';
import { dayNumber } from './days.ts';

/** A credit and how much of it counts here; `usedMinor` is negative and no larger than its balance. */
export interface CreditRow {
  readonly item: OpenItem;
  readonly usedMinor: bigint;
}

/** What one reminder asks in one currency. */
export interface CurrencyClaim {
  readonly currency: Currency;
  readonly items: readonly AskedItem[];
  readonly credits: readonly CreditRow[];
  readonly netMinor: bigint;
}

/** Every currency with something asked, base currency first, then by code; nets may be zero or less. */
export function netByCurrency(asked: readonly AskedItem[], items: readonly OpenItem[], baseCurrency: Currency): readonly CurrencyClaim[] {
  const included = asked.filter((item) => item.askedMinor > 0n);
  const credits = countingCredits(items, included);
  const currencies = [...new Set(included.map(({ item }) => item.currency))];
  if (currencies.length > 1) currencies.sort((a, b) => Number(b === baseCurrency) - Number(a === baseCurrency) || (a < b ? -1 : 1));
  return currencies.map((currency) =>
    claimOf(
      currency,
      currencies.length === 1 ? included : included.filter(({ item }) => item.currency === currency),
      credits.filter(({ item }) => item.currency === currency),
    ),
  );
}

function claimOf(currency: Currency, items: readonly AskedItem[], credits: readonly CreditRow[]): CurrencyClaim {
  let netMinor = 0n;
  for (const item of items) netMinor += item.askedMinor;
  for (const credit of credits) netMinor += credit.usedMinor;
  return { currency, items, credits, netMinor };
}

function countingCredits(items: readonly OpenItem[], included: readonly AskedItem[]): readonly CreditRow[] {
  const candidates = items.filter((item) => (item.kind === 'CREDIT_NOTE' || item.kind === 'ON_ACCOUNT') && item.balanceMinor < 0n);
  if (candidates.length === 0) return [];
  const includedIds = new Set(included.map(({ item }) => item.invoiceId));
  const waiting = new Map(items.filter((item) => isWaiting(item, includedIds)).map((item) => [item.invoiceId, item]));
  const restById = new Map<InvoiceId | null, bigint>();
  return candidates.sort(oldestCreditFirst).flatMap((credit) => {
    const invoice = credit.linkedInvoiceId === null ? undefined : waiting.get(credit.linkedInvoiceId);
    if (invoice?.currency !== credit.currency) return [{ item: credit, usedMinor: credit.balanceMinor }];
    const rest = (restById.get(invoice.invoiceId) ?? invoice.balanceMinor) + credit.balanceMinor;
    restById.set(invoice.invoiceId, rest > 0n ? rest : 0n);
    return rest < 0n ? [{ item: credit, usedMinor: rest }] : [];
  });
}

/** Open but not asked for now: its linked credits wait with it, up to its balance; what they exceed it by is free. */
const isWaiting = (item: OpenItem, includedIds: ReadonlySet<InvoiceId | null>): boolean =>
  item.kind === 'INVOICE' && item.balanceMinor > 0n && !includedIds.has(item.invoiceId);

const oldestCreditFirst = (a: OpenItem, b: OpenItem): number => dayNumber(a.issuedOn) - dayNumber(b.issuedOn) || byNumber(a, b);

/**
 * One claim per item, for individual reminders. Linked credits go to their invoice, the rest to the oldest items first, as cash
 * would; an item covered in full is left out. What the claims ask together is exactly the net, and no credit is in two of them.
 */
export function netPerItem(claim: CurrencyClaim): readonly CurrencyClaim[] {
  const pool: CreditRow[] = [];
  const shares = claim.items.map((item) =>
    shareOf(
      item,
      claim.credits.filter((credit) => isLinkedTo(credit, item)),
      pool,
    ),
  );
  const itemIds = new Set(claim.items.map(({ item }) => item.invoiceId));
  pool.push(...claim.credits.filter((credit) => credit.item.linkedInvoiceId === null || !itemIds.has(credit.item.linkedInvoiceId)));
  return shares
    .map((share) => takeFrom(pool, share))
    .filter((share) => share.restMinor > 0n)
    .map((share) => claimOf(claim.currency, [share.item], share.credits));
}

interface Share {
  readonly item: AskedItem;
  readonly credits: readonly CreditRow[];
  readonly restMinor: bigint;
}

const isLinkedTo = (credit: CreditRow, asked: AskedItem): boolean =>
  credit.item.linkedInvoiceId !== null && credit.item.linkedInvoiceId === asked.item.invoiceId;

/** The item less its own credits; what they leave over joins the pool. */
function shareOf(item: AskedItem, own: readonly CreditRow[], pool: CreditRow[]): Share {
  const mine = [...own];
  const share = takeFrom(mine, { item, credits: [], restMinor: item.askedMinor });
  pool.push(...mine);
  return share;
}

/** Uses up credits from the front of the list until the item is covered or the list is empty. */
function takeFrom(list: CreditRow[], share: Share): Share {
  let { restMinor } = share;
  const credits = [...share.credits];
  while (restMinor > 0n && list.length > 0) {
    const first = list.shift() as CreditRow; // the list is not empty
    const usedMinor = -first.usedMinor < restMinor ? first.usedMinor : -restMinor;
    credits.push({ item: first.item, usedMinor });
    restMinor += usedMinor;
    if (usedMinor !== first.usedMinor) list.unshift({ item: first.item, usedMinor: first.usedMinor - usedMinor });
  }
  return { item: share.item, credits, restMinor };
}
