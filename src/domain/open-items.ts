/**
 * The overdue invoices of an account: open and due before the day. Decides nothing else; what is asked of each is decided
 * from the blocks, and whether anything is asked at all from the net.
 */
import type { OpenItem } from './account-facts.ts';
import { dayNumber } from './days.ts';

export interface OverdueItem {
  readonly item: OpenItem;
  /** At least 1. */
  readonly daysPastDue: number;
}

/** Oldest due day first; equal days by number, then id, so that the order never depends on how the facts were read. */
export function overdueItems(items: readonly OpenItem[], asNumber: number): readonly OverdueItem[] {
  const overdue: OverdueItem[] = [];
  for (const item of items) {
    if (item.kind !== 'INVOICE' || item.dueOn === null || item.balanceMinor <= 0n) continue;
    const daysPastDue = asNumber - dayNumber(item.dueOn);
    if (daysPastDue > 0) overdue.push({ item, daysPastDue });
  }
  return overdue.length > 1 ? overdue.sort(oldestFirst) : overdue;
}

const oldestFirst = (a: OverdueItem, b: OverdueItem): number => b.daysPastDue - a.daysPastDue || byNumber(a.item, b.item);

/** By document number in code-unit order, then by id: the same on every machine, whatever its locale. */
export function byNumber(a: OpenItem, b: OpenItem): number {
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return itemId(a) - itemId(b);
}

const itemId = (item: OpenItem): number => item.invoiceId ?? item.paymentId ?? 0;
