/**
 * What could be asked of an account today, before anything about contact is judged: its overdue items less blocks and credits, per
 * currency, which of them count as items and which have triggered. Everything a reason or a reminder says about money
 * comes from here, in planning, in manual reminders and at the gate alike.
 */
import type { AccountFacts } from './account-facts.ts';
import { type AskedItem, askedItems, isReplyAwaited, standingBlocks } from './blocks.ts';
import type { InvoiceId } from './ids.ts';
import { type CurrencyClaim, netByCurrency, netPerItem } from './net.ts';
import { type OverdueItem, overdueItems } from './open-items.ts';
import type { PlanningDay } from './planning-day.ts';
import { isResidue, isTriggering } from './trigger.ts';

export interface AccountClaim {
  readonly overdue: readonly OverdueItem[];
  /** Every overdue item with what may be asked of it, wholly blocked ones with 0. */
  readonly asked: readonly AskedItem[];
  /** Currencies with a net above zero. */
  readonly claims: readonly CurrencyClaim[];
  /** Their items without residues, oldest first. */
  readonly counted: readonly AskedItem[];
  /** Those of them old enough to start a reminder. */
  readonly triggering: readonly AskedItem[];
  readonly isReplyAwaited: boolean;
}

/** `null` when nothing is overdue. `chosen`: only these invoices, for an operator's own reminder; blocks still hold. */
export function accountClaim(facts: AccountFacts, day: PlanningDay, chosen?: ReadonlySet<InvoiceId>): AccountClaim | null {
  const overdue = overdueItems(facts.items, day.asNumber);
  if (overdue.length === 0) return null;
  const blocks = standingBlocks(facts.blocks, day.asNumber);
  const asked = askedItems(overdue, blocks, day.base.currency);
  const claims = netByCurrency(only(asked, chosen), facts.items, day.base.currency).filter((claim) => claim.netMinor > 0n);
  const reminderMinor = rankedTotal(claims, day);
  const counted = claims.flatMap((claim) => claim.items.filter((item) => !isResidue(item, reminderMinor, day)));
  const graceDays = facts.account.graceDays ?? 0;
  return {
    overdue,
    asked,
    claims,
    counted,
    triggering: counted.filter((item) => isTriggering(item, graceDays, day)),
    isReplyAwaited: isReplyAwaited(blocks),
  };
}

export const only = (asked: readonly AskedItem[], chosen: ReadonlySet<InvoiceId> | undefined): readonly AskedItem[] =>
  chosen === undefined ? asked : asked.filter(({ item }) => item.invoiceId !== null && chosen.has(item.invoiceId));

/** Base minor units; currencies without a rate count one for one. */
const rankedTotal = (claims: readonly CurrencyClaim[], day: PlanningDay): bigint =>
  claims.reduce((sum, claim) => sum + day.base.rank(claim.netMinor, claim.currency), 0n);

/** Base minor units; `null` when a currency has no rate. */
export function baseTotal(claims: readonly CurrencyClaim[], day: PlanningDay): bigint | null {
  let total = 0n;
  for (const claim of claims) {
    const worth = day.base.convert(claim.netMinor, claim.currency);
    if (worth === null) return null;
    total += worth;
  }
  return total;
}

/** One claim for each triggering item that its credits leave something of, the highest first. */
export function individualClaims(claim: AccountClaim, day: PlanningDay): readonly CurrencyClaim[] {
  const triggering = new Set(claim.triggering.map(({ item }) => item.invoiceId));
  return claim.claims
    .flatMap(netPerItem)
    .filter(({ items: [single] }) => single !== undefined && triggering.has(single.item.invoiceId))
    .map((single) => ({ single, worth: day.base.rank(single.netMinor, single.currency) }))
    .sort((a, b) => (a.worth === b.worth ? 0 : a.worth > b.worth ? -1 : 1))
    .map(({ single }) => single);
}
