/**
 * Plans one account on one day: reminders, or the reason for silence. Reasons are judged in a fixed order; the first that holds
 * is given and the others that hold too are listed, so that lifting one reason never comes as a surprise. Pure: the same
 * facts and context always give the same decision.
 */
import type { AccountFacts, LiveReminder } from './account-facts.ts';
import { type AccountClaim, accountClaim, individualClaims } from './claim.ts';
import { composeReminder } from './compose.ts';
import { reminderForm } from './consolidation.ts';
import { contactReasons } from './contact-interval.ts';
import type { Day } from './days.ts';
import type { AccountDecision, ProposedReminder, SkipReason } from './decision.ts';
import { alreadyStanding, beforeContact, besides, hasContactBegun, neighbours } from './individual-contact.ts';
import { type LadderPlace, placeOf } from './ladder.ts';
import { accountDay, type PlanningContext, type PlanningDay } from './planning-day.ts';
import { chooseRecipient, type RecipientChoice } from './recipient.ts';
import type { ReminderDraft } from './reminder-draft.ts';
import { accountReasons, claimReasons, dayReasons, levelReasons, recipientReasons } from './silence.ts';
import { inJudgedOrder } from './skip-reasons.ts';

export const planAccount = (facts: AccountFacts, context: PlanningContext): AccountDecision => decide(facts, context, null);

/** `rest` is what stands of a contact that has begun: then nothing else joins it. */
function decide(facts: AccountFacts, context: PlanningContext, rest: readonly LiveReminder[] | null): AccountDecision {
  const day = accountDay(facts.account, context);
  const claim = accountClaim(facts, day);
  if (claim === null) return skipped(facts, 0, null, [...accountReasons(facts), { code: 'nothing-overdue' }]);
  const episodeStartedOn = facts.account.episodeStartedOn ?? day.asOn;
  const { drafts, room, isAlone } = fitting(facts, draftsOf(facts, claim, episodeStartedOn, day), rest, day);
  const lying = accountReasons(isAlone ? facts : { ...facts, liveReminders: [] });
  const standing = [...lying, ...claimReasons(facts, claim, day), ...dayReasons(day)];
  const judged = drafts.map((draft) => judgeDraft(facts, draft, episodeStartedOn, day));
  const ready = judged.filter((draft) => draft.reasons.length === 0);
  if (standing.length > 0 || ready.length === 0) {
    const own = judged[0]?.reasons ?? withoutDraft(facts, claim, episodeStartedOn, day);
    return skipped(facts, claim.overdue.length, episodeStartedOn, [...standing, ...own]);
  }
  const reminders = ready.slice(0, room).flatMap((draft) => composed(facts, draft, day));
  return {
    accountId: facts.account.id,
    overdueItems: claim.overdue.length,
    outcome: { kind: 'reminders', reminders },
    alsoTrue: [],
    episodeStartedOn,
  };
}

/**
 * The decision as it would be if the planner's own changeable reminders did not exist yet: for composing them again in place.
 * See {@link mayRecompose}; any other live reminder still keeps the account silent, unless it is a neighbour (`individual-contact.ts`).
 */
export function planAgain(facts: AccountFacts, context: PlanningContext): AccountDecision {
  const own = facts.liveReminders.filter(mayRecompose);
  const others = { ...facts, liveReminders: facts.liveReminders.filter((live) => !mayRecompose(live)) };
  const rest = neighbours({ ...facts, liveReminders: own });
  const isUnderWay = rest.length > 0 && hasContactBegun(facts, context.asOn);
  return isUnderWay ? decide(beforeContact(others, context.asOn), context, rest) : decide(others, context, null);
}

/** Proposed, or approved by rule and not yet taken by a sender; what a person chose or approved is not rewritten. */
export const mayRecompose = (live: AccountFacts['liveReminders'][number]): boolean =>
  live.origin === 'PLANNED' && !live.isShaped && (live.status === 'PROPOSED' || (live.status === 'QUEUED' && !live.isApprovedByPerson));

interface Fitting {
  readonly drafts: readonly ReminderDraft[];
  /** How many of them a day has left. */
  readonly room: number;
  /** No draft may stand beside what is live; whatever is live then keeps the account silent. */
  readonly isAlone: boolean;
}

function fitting(
  facts: AccountFacts,
  drafts: readonly ReminderDraft[],
  rest: readonly LiveReminder[] | null,
  { policy }: PlanningDay,
): Fitting {
  const wanted = rest === null ? drafts : alreadyStanding(drafts, rest);
  const live = neighbours(facts);
  const room = policy.consolidation.individualsPerDay - live.length;
  const free = besides(wanted, live);
  const isAlone =
    live.length < facts.liveReminders.length || room <= 0 || free.length === 0 || free.some(({ form }) => form !== 'individual');
  return isAlone ? { drafts: wanted, room: policy.consolidation.individualsPerDay, isAlone } : { drafts: free, room, isAlone };
}

interface JudgedDraft {
  readonly draft: ReminderDraft;
  readonly choice: RecipientChoice;
  readonly reasons: readonly SkipReason[];
}

function skipped(facts: AccountFacts, overdueItems: number, episodeStartedOn: Day | null, reasons: readonly SkipReason[]): AccountDecision {
  const [reason, ...alsoTrue] = inJudgedOrder(reasons);
  // No reason at all is left only when credits cover every item that would have had a reminder of its own.
  const first = reason ?? { code: 'net-not-positive' as const };
  return { accountId: facts.account.id, overdueItems, outcome: { kind: 'skip', reason: first }, alsoTrue, episodeStartedOn };
}

/** One draft for everything, or one for each triggering item, the highest first; none when nothing triggers. */
function draftsOf(facts: AccountFacts, claim: AccountClaim, episodeStartedOn: Day, day: PlanningDay): readonly ReminderDraft[] {
  if (claim.triggering.length === 0) return [];
  const form = reminderForm(facts.account.consolidationPreference, claim.counted.length, day.policy.consolidation);
  const place = (oldest: number): LadderPlace => placeOf(facts, oldest, episodeStartedOn, day.policy);
  if (form === 'consolidated' || claim.counted.length === 1) {
    const oldestDaysPastDue = Math.max(...claim.counted.map((item) => item.daysPastDue));
    return [
      { form, claims: claim.claims, itemCount: claim.counted.length, oldestDaysPastDue, ...place(oldestDaysPastDue), isManual: false },
    ];
  }
  return individualClaims(claim, day).map((single) => {
    const oldestDaysPastDue = Math.max(...single.items.map((item) => item.daysPastDue));
    return { form, claims: [single], itemCount: 1, oldestDaysPastDue, ...place(oldestDaysPastDue), isManual: false };
  });
}

function judgeDraft(facts: AccountFacts, draft: ReminderDraft, episodeStartedOn: Day, day: PlanningDay): JudgedDraft {
  const choice = chooseRecipient(facts.recipients, draft.level);
  const reasons = [
    ...recipientReasons(choice),
    ...levelReasons(facts, draft, episodeStartedOn, day),
    ...contactReasons(facts, choice.kind === 'chosen' ? choice.recipient : null, episodeStartedOn, day),
  ];
  return { draft, choice, reasons };
}

/** Address and interval still hold, or not, when there is nothing to draft; judged for the level the age calls for. */
function withoutDraft(facts: AccountFacts, claim: AccountClaim, episodeStartedOn: Day, day: PlanningDay): readonly SkipReason[] {
  const { level } = placeOf(facts, claim.overdue[0]?.daysPastDue ?? 1, episodeStartedOn, day.policy);
  const choice = chooseRecipient(facts.recipients, level);
  return [...recipientReasons(choice), ...contactReasons(facts, choice.kind === 'chosen' ? choice.recipient : null, episodeStartedOn, day)];
}

function composed(facts: AccountFacts, { draft, choice }: JudgedDraft, day: PlanningDay): readonly ProposedReminder[] {
  if (choice.kind !== 'chosen' || day.sending.kind !== 'at') return [];
  return [composeReminder(facts, draft, choice.recipient, day.sending, day)];
}
