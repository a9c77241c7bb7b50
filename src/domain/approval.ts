/**
 * Why a person has to approve a reminder. An empty answer means the company's auto-approval covers it. Every reason that holds
 * is given, so that switching auto-approval on shows at once what it would and would not cover.
 */
import type { AccountFacts, Recipient } from './account-facts.ts';
import { baseTotal } from './claim.ts';
import type { ApprovalNeed } from './decision.ts';
import type { PlanningDay } from './planning-day.ts';
import { isAbove } from './ladder.ts';
import type { ReminderDraft } from './reminder-draft.ts';
import { isGovernment } from './vocabulary.ts';

export function approvalNeeds(facts: AccountFacts, draft: ReminderDraft, recipient: Recipient, day: PlanningDay): readonly ApprovalNeed[] {
  const { account } = facts;
  const worth = baseTotal(draft.claims, day);
  const isOver = (limit: bigint | null): boolean => limit !== null && worth !== null && worth > limit;
  const judged: readonly (readonly [ApprovalNeed, boolean])[] = [
    ['auto-approval-off', !day.policy.approval.auto],
    ['manual', draft.isManual],
    ['level', isAbove(draft.level, 'FIRM')],
    ['over-company-limit', isOver(day.approvalLimitMinor)],
    ['over-customer-limit', isOver(account.maxConsolidationMinor)],
    ['first-reminder', isFirstReminder(facts)],
    ['new-address', !recipient.isKnown],
    ['computed-due-date', draft.claims.some(({ items }) => items.some(({ item }) => item.isDueComputed))],
    ['missing-rate', draft.claims.some(({ currency }) => day.base.isUncertain(currency))],
    ['firm-without-polite', draft.level === 'FIRM' && draft.lastDelivered === null],
    ['government', isGovernment(account.businessType)],
    ['after-long-break', day.isAfterLongBreak],
    ['receipts-unknown', day.areReceiptsUnknown],
  ];
  return judged.filter(([, holds]) => holds).map(([need]) => need);
}

/** An address used before, or a reminder among the contacts, shows that the account was written to already. */
const isFirstReminder = ({ contacts, recipients }: AccountFacts): boolean =>
  !contacts.some(({ level }) => level !== null) && !recipients.some(({ isKnown }) => isKnown);
