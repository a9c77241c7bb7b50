/**
 * Says what moved under a statement since the day it speaks of, from what is open now. What is new since then is no change: a statement
 * is of its day. An item paid, credited or taken back since would tell a customer of money no longer owed.
 */
import type { OpenItem } from './account-facts.ts';
import { groupedText } from './money.ts';
import type { Statement } from './statement.ts';

/** One plain sentence each. `besides` are items spoken of elsewhere, whose changes are told there. */
export function statementChanges(
  statement: Statement,
  itemsNow: readonly OpenItem[],
  besides: readonly Pick<OpenItem, 'invoiceId' | 'paymentId'>[],
): readonly string[] {
  const now = new Map(itemsNow.map((item) => [keyOf(item), item.balanceMinor]));
  const told = new Set(besides.map(keyOf));
  return statement.currencies
    .flatMap(({ groups }) => groups.flatMap(({ lines }) => lines.map(({ item }) => item)))
    .filter((item) => !told.has(keyOf(item)) && now.get(keyOf(item)) !== item.balanceMinor)
    .map((item) => {
      const amount = (minor: bigint): string => `${item.currency} ${groupedText(minor, item.currency)}`;
      return `${item.number} on the attached statement had ${amount(item.balanceMinor)} open, now ${amount(now.get(keyOf(item)) ?? 0n)}`;
    });
}

const keyOf = ({ invoiceId, paymentId }: Pick<OpenItem, 'invoiceId' | 'paymentId'>): string =>
  invoiceId === null ? `payment ${paymentId ?? ''}` : `document ${invoiceId}`;
