/**
 * Blocks: what keeps an item or an account out of reminders on a day. Decides which blocks stand and how much of each overdue
 * item may still be asked. A block without an amount suspends the whole; one with an amount lowers what is asked. Never ends,
 * keeps or breaks a block: that is recorded, not computed.
 */
import type { Block } from './account-facts.ts';
import { type Day, dayNumber } from './days.ts';
import type { InvoiceId } from './ids.ts';
import type { Currency } from './money.ts';
import type { OverdueItem } from './open-items.ts';
import type { BlockKind } from './vocabulary.ts';

export interface StandingBlocks {
  /** On the whole account, for all of it. */
  readonly account: readonly Block[];
  /** On the account, for part of what it owes. */
  readonly accountAmounts: readonly Block[];
  readonly byInvoice: ReadonlyMap<InvoiceId, readonly Block[]>;
}

/** An overdue item with what may be asked of it: 0 when it is wholly blocked. */
export interface AskedItem extends OverdueItem {
  readonly askedMinor: bigint;
  readonly blocks: readonly Block[];
}

const NONE: StandingBlocks = { account: [], accountAmounts: [], byInvoice: new Map() };

/** True from the block's first day to its last, both included. */
export const standsOn = (block: Block, asNumber: number): boolean =>
  dayNumber(block.startedOn) <= asNumber && (block.untilOn === null || asNumber <= dayNumber(block.untilOn));

export function standingBlocks(blocks: readonly Block[], asNumber: number): StandingBlocks {
  if (blocks.length === 0) return NONE;
  // By id, so that which of two blocks covers an amount first never depends on how they were read.
  const standing = blocks.filter((block) => standsOn(block, asNumber)).sort((a, b) => a.id - b.id);
  const onAccount = standing.filter((block) => block.invoiceId === null);
  const byInvoice = new Map<InvoiceId, Block[]>();
  for (const block of standing) {
    if (block.invoiceId !== null) byInvoice.set(block.invoiceId, [...(byInvoice.get(block.invoiceId) ?? []), block]);
  }
  return {
    account: onAccount.filter((block) => block.amountMinor === null),
    accountAmounts: onAccount.filter((block) => block.amountMinor !== null),
    byInvoice,
  };
}

/** A person answered and nobody has dealt with it yet: the whole account waits for a person. */
export const isReplyAwaited = (blocks: StandingBlocks): boolean => blocks.account.some((block) => block.kind === 'REPLY');

/** What may be asked of each overdue item, in the order given (oldest first). */
export function askedItems(overdue: readonly OverdueItem[], blocks: StandingBlocks, baseCurrency: Currency): readonly AskedItem[] {
  if (blocks === NONE) return overdue.map((item) => ({ ...item, askedMinor: item.item.balanceMinor, blocks: [] }));
  const asked = overdue.map((item) => lessItemBlocks(item, blocks));
  return blocks.accountAmounts.reduce((items, block) => lessAccountAmount(items, block, baseCurrency), asked);
}

function lessItemBlocks(overdue: OverdueItem, blocks: StandingBlocks): AskedItem {
  const { item } = overdue;
  const own = item.invoiceId === null ? [] : (blocks.byInvoice.get(item.invoiceId) ?? []);
  const all = [...own, ...blocks.account];
  const isWhole = all.some((block) => block.amountMinor === null);
  const suspended = own.reduce((sum, block) => sum + (block.amountMinor ?? 0n), 0n);
  const askedMinor = isWhole || suspended >= item.balanceMinor ? 0n : item.balanceMinor - suspended;
  return { ...overdue, askedMinor, blocks: all };
}

/**
 * A block on part of an account covers its oldest items first, as cash would. It is in base currency; an account that owes
 * none is asked for that much less in every currency, because doubt must never ask for more.
 */
function lessAccountAmount(items: readonly AskedItem[], block: Block, baseCurrency: Currency): AskedItem[] {
  const owesBase = items.some(({ item }) => item.currency === baseCurrency);
  const restByCurrency = new Map<Currency, bigint>();
  return items.map((asked) => {
    const { currency } = asked.item;
    if (owesBase && currency !== baseCurrency) return asked;
    const rest = restByCurrency.get(currency) ?? block.amountMinor ?? 0n;
    const covered = rest < asked.askedMinor ? rest : asked.askedMinor;
    if (covered === 0n) return asked;
    restByCurrency.set(currency, rest - covered);
    return { ...asked, askedMinor: asked.askedMinor - covered, blocks: [...asked.blocks, block] };
  });
}

/** When every overdue item is blocked: by what, and the last blocked day of the item that comes free first. */
export function whollyBlocked(items: readonly AskedItem[]): { readonly kinds: readonly BlockKind[]; readonly until: Day | null } | null {
  if (items.length === 0 || items.some((item) => item.askedMinor > 0n)) return null;
  const kinds = [...new Set(items.flatMap((item) => item.blocks.map((block) => block.kind)))].sort();
  const ends = items.map((item) => lastBlockedDay(item.blocks)).filter((end) => end !== null);
  return {
    kinds,
    until: ends.reduce<Day | null>((first, end) => (first === null || dayNumber(end) < dayNumber(first) ? end : first), null),
  };
}

/** `null` when one of the blocks has no end. */
function lastBlockedDay(blocks: readonly Block[]): Day | null {
  let last: Day | null = null;
  for (const { untilOn } of blocks) {
    if (untilOn === null) return null;
    if (last === null || dayNumber(last) < dayNumber(untilOn)) last = untilOn;
  }
  return last;
}
