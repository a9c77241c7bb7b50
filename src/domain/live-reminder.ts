/**
 * Judges a reminder that was already composed against the facts of now: is what it says still true? This is what stops a
 * send after a payment, a dispute or a changed address. It asks what would be asked now *for this reminder's own items*;
 * items that became overdue since wait for the next contact and are no change. Only facts count: time passing is no change,
 * except that a FINAL must still leave the promised working days until the date it names.
 */
import type { AccountFacts, Block, OpenItem } from './account-facts.ts';
import { type AskedItem, askedItems, standingBlocks } from './blocks.ts';
import { only } from './claim.ts';
import { workingDaysBetween } from './calendar/working-days.ts';
import type { ProposedReminder, ReminderLine } from './decision.ts';
import type { InvoiceId } from './ids.ts';
import { type Currency, groupedText } from './money.ts';
import { type CurrencyClaim, netByCurrency, netPerItem } from './net.ts';
import { overdueItems } from './open-items.ts';
import { accountDay, type PlanningContext, type PlanningDay } from './planning-day.ts';
import { dayText } from './skip-reasons.ts';
import type { BlockKind } from './vocabulary.ts';

/** What of a stored reminder is judged. */
export type LiveComposition = Pick<ProposedReminder, 'level' | 'lines' | 'finalDeadlineOn'> & {
  readonly recipient: Pick<ProposedReminder['recipient'], 'contactId' | 'address'>;
};

export type LiveJudgement =
  | { readonly kind: 'unchanged' }
  /** What happened, one plain statement each, naming the document: for the person who has to look again. */
  | { readonly kind: 'changed'; readonly changes: readonly string[] }
  /** None of its items is open any more, or credits cover them all. */
  | { readonly kind: 'nothing-left'; readonly changes: readonly string[] };

export function judgeLiveReminder(live: LiveComposition, facts: AccountFacts, context: PlanningContext): LiveJudgement {
  const day = accountDay(facts.account, context);
  const invoiceLines = live.lines.filter((line) => line.kind === 'INVOICE');
  const asked = askedItems(overdueItems(facts.items, day.asNumber), standingBlocks(facts.blocks, day.asNumber), day.base.currency);
  const claims = claimsNow(invoiceLines, asked, facts.items, day.base.currency);
  const changes = [
    ...accountChanges(facts),
    ...recipientChanges(live, facts),
    ...invoiceLines.flatMap((line) => invoiceChanges(line, facts.items, asked)),
    ...creditChanges(
      live.lines.filter((line) => line.kind !== 'INVOICE'),
      claims,
    ),
    ...deadlineChanges(live, day),
  ];
  if (isNothingLeft(invoiceLines, facts.items, asked, claims)) return { kind: 'nothing-left', changes };
  return changes.length === 0 ? { kind: 'unchanged' } : { kind: 'changed', changes };
}

/** A reminder of one item takes its share of the account's credits, as when it was composed; others take all of them. */
function claimsNow(
  lines: readonly ReminderLine[],
  asked: readonly AskedItem[],
  items: readonly OpenItem[],
  base: Currency,
): readonly CurrencyClaim[] {
  const ids = new Set(lines.map((line) => line.invoiceId).filter((id): id is InvoiceId => id !== null));
  if (lines.length !== 1) return netByCurrency(only(asked, ids), items, base);
  return netByCurrency(asked, items, base)
    .flatMap(netPerItem)
    .filter((claim) => only(claim.items, ids).length > 0);
}

/** Blocked money is still owed, so a person looks again; money that is gone needs nobody. */
function isNothingLeft(
  lines: readonly ReminderLine[],
  items: readonly OpenItem[],
  asked: readonly AskedItem[],
  claims: readonly CurrencyClaim[],
): boolean {
  const open = lines.filter((line) => items.some((item) => item.invoiceId === line.invoiceId && item.balanceMinor > 0n));
  if (open.length === 0) return true;
  const isAnyAsked = open.some((line) => asked.some(({ item, askedMinor }) => item.invoiceId === line.invoiceId && askedMinor > 0n));
  return isAnyAsked && !claims.some((claim) => claim.netMinor > 0n);
}

function accountChanges({ account }: AccountFacts): readonly string[] {
  const changes: string[] = [];
  if (!account.isActive) changes.push(`${account.name} was marked inactive`);
  if (account.collectionStatus !== 'NORMAL') changes.push(`the collection status of ${account.name} is now ${account.collectionStatus}`);
  return changes;
}

function recipientChanges({ recipient, level }: LiveComposition, { recipients }: AccountFacts): readonly string[] {
  const now = recipients.find(({ contactId }) => contactId === recipient.contactId);
  if (now === undefined) return [`the contact with address ${recipient.address} no longer exists`];
  const changes: string[] = [];
  if (now.address !== recipient.address) changes.push(`the address changed from ${recipient.address} to ${now.address}`);
  if (now.suppressedWhy !== null) changes.push(`${now.address} may not be written to: ${now.suppressedWhy}`);
  if (now.levels.length > 0 && !now.levels.includes(level)) changes.push(`${now.address} no longer receives ${level} reminders`);
  return changes;
}

function invoiceChanges(line: ReminderLine, items: readonly OpenItem[], asked: readonly AskedItem[]): readonly string[] {
  const item = items.find(({ invoiceId, kind }) => kind === 'INVOICE' && invoiceId === line.invoiceId);
  if (item === undefined || item.balanceMinor <= 0n) return [`${line.number} was paid or credited in full`];
  const now = asked.find((candidate) => candidate.item === item);
  if (now === undefined)
    return [`${line.number} is no longer overdue: it is due on ${item.dueOn === null ? 'no known day' : dayText(item.dueOn)}`];
  const changes: string[] = [];
  if (item.currency !== line.currency) changes.push(`${line.number} is now in ${item.currency}, not ${line.currency}`);
  if (item.balanceMinor !== line.balanceMinor)
    changes.push(`${line.number}: balance ${amountChange(line.balanceMinor, item.balanceMinor, item.currency)}`);
  if (now.askedMinor !== line.askedMinor) changes.push(...askedChanges(line, now));
  if (line.dueOn !== null && item.dueOn !== null && !line.dueOn.equals(item.dueOn))
    changes.push(`${line.number}: due date ${dayText(line.dueOn)} → ${dayText(item.dueOn)}`);
  return changes;
}

/** A block explains what is asked; without one, the balance does and was named already. */
function askedChanges(line: ReminderLine, now: AskedItem): readonly string[] {
  if (now.askedMinor === 0n) return [`${line.number} ${blockText(now.blocks)}`];
  if (now.blocks.length > 0)
    return [`${line.number}: asked ${amountChange(line.askedMinor, now.askedMinor, line.currency)}, part of it ${blockText(now.blocks)}`];
  const isExplained = now.item.balanceMinor !== line.balanceMinor;
  return isExplained ? [] : [`${line.number}: asked ${amountChange(line.askedMinor, now.askedMinor, line.currency)}, a block was lifted`];
}

const BLOCK_STATEMENTS: Readonly<Record<BlockKind, string>> = {
  DISPUTE: 'is disputed',
  PROMISE: 'is promised',
  CHEQUE: 'is covered by a post-dated cheque',
  RETENTION: 'is agreed retention',
  PAID_CLAIM: 'is said to be paid',
  DO_NOT_CHASE: 'is not to be chased',
  REPLY: 'waits for an answer to the customer',
  ALLOCATION: 'waits for a receipt to be matched',
  RETURNED_CHEQUE: 'waits for a person after a returned cheque',
};

const blockText = (blocks: readonly Block[]): string => [...new Set(blocks.map(({ kind }) => BLOCK_STATEMENTS[kind]))].sort().join(' and ');

function creditChanges(before: readonly ReminderLine[], claims: readonly CurrencyClaim[]): readonly string[] {
  const rows = claims.flatMap((claim) => claim.credits);
  const gone = before.filter((line) => !rows.some(({ item }) => isSameDocument(line, item)));
  return [
    ...gone.map((line) => `${line.number} of ${amountText(-line.askedMinor, line.currency)} no longer counts against it`),
    ...rows.flatMap(({ item, usedMinor }) => {
      const line = before.find((candidate) => isSameDocument(candidate, item));
      if (line === undefined) return [`${item.number} of ${amountText(-usedMinor, item.currency)} was credited`];
      return line.askedMinor === usedMinor ? [] : [`${item.number}: credit ${amountChange(-line.askedMinor, -usedMinor, item.currency)}`];
    }),
  ];
}

const isSameDocument = (line: ReminderLine, item: OpenItem): boolean =>
  line.kind === item.kind && line.invoiceId === item.invoiceId && line.paymentId === item.paymentId;

function deadlineChanges({ finalDeadlineOn }: LiveComposition, day: PlanningDay): readonly string[] {
  if (finalDeadlineOn === null) return [];
  const { deadlineWorkingDays } = day.policy.final;
  const left = workingDaysBetween(day.calendar, day.contactOn, finalDeadlineOn);
  if (left.kind === 'count' && left.days >= deadlineWorkingDays) return [];
  return [`the date it names, ${dayText(finalDeadlineOn)}, is less than ${deadlineWorkingDays} working days away`];
}

const amountText = (minor: bigint, currency: Currency): string => `${currency} ${groupedText(minor, currency)}`;

const amountChange = (before: bigint, after: bigint, currency: Currency): string =>
  `${currency} ${groupedText(before, currency)} → ${groupedText(after, currency)}`;
