/**
 * Composes one reminder from a claim: rows, totals, level, recipient, language, priority, schedule and what a person must
 * approve. The only place a reminder is put together, for the planner, for operators and for judging again later. Decides
 * nothing about whether the account may be contacted.
 */
import type { AccountFacts, Recipient } from './account-facts.ts';
import { approvalNeeds } from './approval.ts';
import { baseTotal } from './claim.ts';
import { reminderType } from './consolidation.ts';
import { finalWaitEndsOn, intervalDays } from './contact-interval.ts';
import { type Day, daysBetween } from './days.ts';
import type { ProposedReminder, ReminderLine } from './decision.ts';
import type { CurrencyClaim, CreditRow } from './net.ts';
import type { AskedItem } from './blocks.ts';
import type { PlanningDay } from './planning-day.ts';
import { priorityOf } from './priority.ts';
import type { ReminderDraft } from './reminder-draft.ts';
import { languageFor } from './recipient.ts';
import { type EscalationLevel, isGovernment } from './vocabulary.ts';

/** The calendar must be known for the sending day; a FINAL must have a date to name. */
export function composeReminder(
  facts: AccountFacts,
  draft: ReminderDraft,
  recipient: Recipient,
  sending: { readonly at: Temporal.Instant },
  day: PlanningDay,
): ProposedReminder {
  const { level } = draft;
  const needs = approvalNeeds(facts, draft, recipient, day);
  const finalDeadlineOn = level === 'FINAL' ? day.finalDeadlineOn : null;
  const nextEligibleContactOn = nextContactOn(facts, level, finalDeadlineOn, day);
  const lines = draft.claims.flatMap(linesOf);
  return {
    type: draft.isManual && draft.itemCount > 1 ? 'MANUAL_CONSOLIDATED' : reminderType(draft.form, level),
    level,
    recipient: {
      contactId: recipient.contactId,
      name: recipient.name,
      nameAr: recipient.nameAr,
      title: recipient.title,
      address: recipient.address,
    },
    language: languageFor(facts.account, recipient, day.policy),
    lines,
    itemCount: draft.itemCount,
    totals: draft.claims.map(({ netMinor, currency }) => ({ minor: netMinor, currency })),
    baseTotalMinor: baseTotal(draft.claims, day),
    oldestDaysPastDue: draft.oldestDaysPastDue,
    priority: priorityOf(draft.claims, facts, day),
    approvalNeeds: needs,
    scheduledFor: wholeMinute(needs.length === 0 && day.automaticSending.kind === 'at' ? day.automaticSending.at : sending.at),
    nextEligibleContactOn,
    contactIntervalDays: Math.max(1, daysBetween(day.contactOn, nextEligibleContactOn)),
    wantsStatement: wantsStatement(facts, lines.length, day),
    finalDeadlineOn,
    why: whyText(draft, facts, day),
  };
}

/**
 * A schedule is kept to the minute, as windows are: the seconds a plan took are nobody's reason to wait. Rounded down, because windows
 * open on whole minutes and the gate asks the calendar again.
 */
const wholeMinute = (at: Temporal.Instant): Temporal.Instant => at.round({ smallestUnit: 'minute', roundingMode: 'floor' });

/** The oldest due day first, then the credits of that currency. */
const linesOf = (claim: CurrencyClaim): readonly ReminderLine[] => [...claim.items.map(invoiceLine), ...claim.credits.map(creditLine)];

const invoiceLine = ({ item, daysPastDue, askedMinor }: AskedItem): ReminderLine => lineOf(item, daysPastDue, askedMinor);

const creditLine = ({ item, usedMinor }: CreditRow): ReminderLine => lineOf(item, 0, usedMinor);

const lineOf = (item: AskedItem['item'], daysPastDue: number, askedMinor: bigint): ReminderLine => ({
  kind: item.kind,
  invoiceId: item.invoiceId,
  paymentId: item.paymentId,
  number: item.number,
  customerReference: item.customerReference,
  branchId: item.branchId,
  branchCode: item.branchCode,
  branchName: item.branchName,
  issuedOn: item.issuedOn,
  dueOn: item.dueOn,
  daysPastDue,
  currency: item.currency,
  totalMinor: item.totalMinor,
  balanceMinor: item.balanceMinor,
  askedMinor,
});

/** A long list is hard to work from in a mail, and a government payment desk asks for a statement in any case. */
const wantsStatement = ({ account }: AccountFacts, rows: number, { policy }: PlanningDay): boolean =>
  rows >= policy.statement.attachFromItems || (policy.statement.attachForGovernment && isGovernment(account.businessType));

function nextContactOn(facts: AccountFacts, level: EscalationLevel, finalDeadlineOn: Day | null, day: PlanningDay): Day {
  if (level === 'FINAL') return finalWaitEndsOn({ on: day.contactOn, finalDeadlineOn }, day);
  return day.contactOnPlus(intervalDays(level, facts.account, day.policy));
}

function whyText(draft: ReminderDraft, { account }: AccountFacts, day: PlanningDay): readonly string[] {
  const items = draft.itemCount === 1 ? 'one overdue item' : `${draft.itemCount} overdue items in one reminder`;
  const age = `oldest ${draft.oldestDaysPastDue} days past due`;
  const step = draft.lastDelivered === null ? 'nothing delivered yet in this episode' : `last delivered was ${draft.lastDelivered}`;
  const rest = draft.isManual ? ['chosen by an operator'] : [];
  const ceiling = isGovernment(account.businessType) ? ['government is written to at FIRM at most'] : [];
  return [items, age, step, ...ceiling, ...rest, ...(day.isAfterLongBreak ? ['first working day after a long break'] : [])];
}
