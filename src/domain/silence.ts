/**
 * The single reasons for silence: in the account, in what it owes, in the day, in the recipient and in the level. Each function says
 * every reason of its kind that holds; which one is given first is decided by their order in `skip-reasons.ts`.
 */
import type { AccountFacts } from './account-facts.ts';
import { whollyBlocked } from './blocks.ts';
import { type AccountClaim, baseTotal } from './claim.ts';
import { finalWaitEndsOn } from './contact-interval.ts';
import { type Day, earlierOf, isBefore } from './days.ts';
import type { SkipReason } from './decision.ts';
import { contactsSince, finalContact, isAbove } from './ladder.ts';
import type { PlanningDay } from './planning-day.ts';
import type { RecipientChoice } from './recipient.ts';
import type { ReminderDraft } from './reminder-draft.ts';
import { triggersOn } from './trigger.ts';
import type { EscalationLevel } from './vocabulary.ts';

/** Reasons that lie in the account, whatever it owes. */
export function accountReasons({ account, liveReminders: [live] }: AccountFacts): readonly SkipReason[] {
  const reasons: SkipReason[] = [];
  if (!account.isActive) reasons.push({ code: 'inactive' });
  if (account.collectionStatus !== 'NORMAL') reasons.push({ code: 'not-collectable', status: account.collectionStatus });
  if (live) reasons.push({ code: 'reminder-live', id: live.id });
  return reasons;
}

/** Reasons that lie in what is owed. */
export function claimReasons(facts: AccountFacts, claim: AccountClaim, day: PlanningDay): readonly SkipReason[] {
  const reasons: SkipReason[] = claim.isReplyAwaited ? [{ code: 'reply-awaiting' }] : [];
  const blocked = whollyBlocked(claim.asked);
  if (blocked) {
    const isReplyAlone = claim.isReplyAwaited && blocked.kinds.length === 1 && blocked.kinds[0] === 'REPLY';
    return isReplyAlone ? reasons : [...reasons, { code: 'blocked', ...blocked }];
  }
  if (claim.claims.length === 0) return [...reasons, { code: 'net-not-positive' }];
  if (isBelowMinimum(claim, day)) reasons.push({ code: 'below-minimum' });
  if (claim.triggering.length === 0 && claim.counted.length > 0) {
    const on = firstTriggerOn(facts, claim, day);
    reasons.push(on === null ? { code: 'calendar-unconfirmed', year: day.asOn.year } : { code: 'not-yet', on });
  }
  return reasons;
}

/** Too little money, nothing but residues, or a single item where the company does not write about single items. */
function isBelowMinimum({ claims, counted }: AccountClaim, day: PlanningDay): boolean {
  const worth = baseTotal(claims, day);
  if (worth !== null && worth < day.minimumMinor) return true;
  return counted.length === 0 || (counted.length === 1 && !day.policy.consolidation.remindSingleItems);
}

function firstTriggerOn(facts: AccountFacts, claim: AccountClaim, day: PlanningDay): Day | null {
  return claim.counted.reduce<Day | null>((first, { item }) => {
    const on = item.dueOn === null ? null : triggersOn(item.dueOn, facts.account.graceDays ?? 0, day);
    return first === null || on === null ? (first ?? on) : earlierOf(first, on);
  }, null);
}

/** Reasons that lie in the day itself. */
export function dayReasons(day: PlanningDay): readonly SkipReason[] {
  const reasons: SkipReason[] = [];
  if (day.ledgerStaleSince !== null) reasons.push({ code: 'ledger-stale', since: day.ledgerStaleSince });
  if (day.sending.kind === 'unknown') reasons.push({ code: 'calendar-unconfirmed', year: day.sending.year });
  return reasons;
}

export function recipientReasons(choice: RecipientChoice): readonly SkipReason[] {
  if (choice.kind === 'none') return [{ code: 'no-valid-address' }];
  return choice.kind === 'suppressed' ? [{ code: 'suppressed', why: choice.why }] : [];
}

export function levelReasons(facts: AccountFacts, draft: ReminderDraft, episodeStartedOn: Day, day: PlanningDay): readonly SkipReason[] {
  const reasons: SkipReason[] = [];
  if (draft.isFinalSpent && isFinalWaitOver(facts, episodeStartedOn, day)) reasons.push({ code: 'ladder-complete' });
  reasons.push(...seasonReasons(draft.level, day));
  if (draft.level === 'FINAL' && day.finalDeadlineOn === null) reasons.push({ code: 'calendar-unconfirmed', year: day.contactOn.year + 1 });
  return reasons;
}

/** Why a reminder of this level waits for the season to end, when planned, when chosen by hand and at the gate alike. */
export const seasonReasons = (level: EscalationLevel, { quietSeasonUntil }: PlanningDay): readonly SkipReason[] =>
  quietSeasonUntil !== null && isAbove(level, 'FIRM') ? [{ code: 'quiet-season', until: quietSeasonUntil }] : [];

/** Until the named date and its grace have passed, the account waits for the customer, not for a person. */
function isFinalWaitOver(facts: AccountFacts, episodeStartedOn: Day, day: PlanningDay): boolean {
  const final = finalContact(contactsSince(facts.contacts, episodeStartedOn));
  return final === undefined || !isBefore(day.asOn, finalWaitEndsOn(final, day));
}
