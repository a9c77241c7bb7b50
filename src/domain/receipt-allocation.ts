/**
 * How an amount is spread over open documents: those an operator names, each with its own share or as much as is left, or the
 * oldest first. Used for receipts, for credit notes and for what a promise covers. Never gives a document more than its balance,
 * never spreads more than the amount; what remains is said, not hidden.
 */
import type { InvoiceId } from './ids.ts';

export interface OpenDocument {
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly openMinor: bigint;
}

export interface NamedShare extends OpenDocument {
  /** What the operator gave this document; `null`: as much as is left. */
  readonly shareMinor: bigint | null;
}

export interface Share {
  readonly invoiceId: InvoiceId;
  readonly number: string;
  readonly amountMinor: bigint;
}

export type Spread =
  | { readonly kind: 'spread'; readonly shares: readonly Share[]; readonly restMinor: bigint }
  /** A named share is larger than the document's balance. */
  | { readonly kind: 'over-balance'; readonly document: NamedShare }
  /** The named shares together are larger than the amount, noticed at this document. */
  | { readonly kind: 'over-amount'; readonly document: NamedShare }
  /** The document is already closed. */
  | { readonly kind: 'closed'; readonly document: NamedShare };

/** Spreads over the documents in the order given. */
export function spreadOverNamed(amountMinor: bigint, documents: readonly NamedShare[]): Spread {
  const shares: Share[] = [];
  let restMinor = amountMinor;
  for (const document of documents) {
    if (document.openMinor === 0n) return { kind: 'closed', document };
    const wantedMinor = document.shareMinor ?? smaller(document.openMinor, restMinor);
    if (wantedMinor > document.openMinor) return { kind: 'over-balance', document };
    if (wantedMinor > restMinor || wantedMinor === 0n) return { kind: 'over-amount', document };
    shares.push({ invoiceId: document.invoiceId, number: document.number, amountMinor: wantedMinor });
    restMinor -= wantedMinor;
  }
  return { kind: 'spread', shares, restMinor };
}

/** Spreads over open documents, oldest due first as given, until the amount is used up. */
export function spreadOldestFirst(
  amountMinor: bigint,
  oldestFirst: readonly OpenDocument[],
): { readonly shares: readonly Share[]; readonly restMinor: bigint } {
  const shares: Share[] = [];
  let restMinor = amountMinor;
  for (const { invoiceId, number, openMinor } of oldestFirst) {
    const amount = smaller(openMinor, restMinor);
    if (amount > 0n) shares.push({ invoiceId, number, amountMinor: amount });
    restMinor -= amount;
  }
  return { shares, restMinor };
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
