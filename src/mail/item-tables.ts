/**
 * Arranges a reminder's rows for a reader: one table per currency (currencies are never added together), branches as
 * groups, and rows beyond the limit summed in one, so that every table adds up to its own total.
 */
import type { ReminderLine } from '../domain/decision.ts';
import type { Currency, Money } from '../domain/money.ts';

export interface ItemGroup {
  /** `null` when the table is not grouped. */
  readonly branch: { readonly code: string; readonly name: string; readonly totalMinor: bigint } | null;
  readonly lines: readonly ReminderLine[];
}

export interface ItemTable {
  readonly currency: Currency;
  readonly groups: readonly ItemGroup[];
  /** Rows that did not fit; `null` when all did. */
  readonly rest: { readonly count: number; readonly totalMinor: bigint } | null;
  readonly totalMinor: bigint;
}

/**
 * @param totals Gives the order of the currencies.
 * @param mostRows Rows shown over all tables; the earliest in the composition's order are kept.
 */
export function itemTables(lines: readonly ReminderLine[], totals: readonly Money[], mostRows: number): readonly ItemTable[] {
  const isGrouped = new Set(lines.map((line) => line.branchId)).size > 1;
  let room = mostRows;
  return totals.map(({ currency }) => {
    const all = lines.filter((line) => line.currency === currency);
    const shown = all.slice(0, room);
    const hidden = all.slice(room);
    room -= shown.length;
    return {
      currency,
      groups: isGrouped ? byBranch(shown, all) : [{ branch: null, lines: shown }],
      rest: hidden.length === 0 ? null : { count: hidden.length, totalMinor: sum(hidden) },
      totalMinor: sum(all),
    };
  });
}

/** Groups in order of first appearance, each with the total of all its rows, also of those that did not fit. */
function byBranch(shown: readonly ReminderLine[], all: readonly ReminderLine[]): readonly ItemGroup[] {
  const groups = Map.groupBy(shown, (line) => line.branchId);
  return [...groups].map(([branchId, lines]) => {
    const [{ branchCode, branchName }] = lines as [ReminderLine, ...ReminderLine[]];
    const totalMinor = sum(all.filter((line) => line.branchId === branchId));
    return { branch: { code: branchCode, name: branchName, totalMinor }, lines };
  });
}

const sum = (lines: readonly ReminderLine[]): bigint => lines.reduce((total, line) => total + line.askedMinor, 0n);
