/**
 * May a reminder leave at the moment a person asks for? Never earlier than the rules allow and never outside the contact calendar; nor
 * so late that what was approved or promised to the customer would no longer hold. Decides about the moment only: whether the reminder is
 * still true is asked at the gate.
 */
import type { AccountFacts } from './account-facts.ts';
import { quietSeason } from './calendar/quiet-season.ts';
import { workingDaysBetween } from './calendar/working-days.ts';
import { contactReasons } from './contact-interval.ts';
import { type Day, type Instant, isBefore, laterInstant } from './days.ts';
import type { SkipReason } from './decision.ts';
import { isAbove } from './ladder.ts';
import { openFrom, type PlanningDay } from './planning-day.ts';
import { nextAutomaticSending, nextSending, type SendingTime } from './scheduling.ts';
import type { ContactId } from './ids.ts';
import type { EscalationLevel, ReminderOrigin } from './vocabulary.ts';

/** A whole day stands for the first moment of it at which mail may leave. */
export type WantedMoment = { readonly on: Day } | { readonly at: Instant };

export interface Movable {
  readonly level: EscalationLevel;
  readonly origin: ReminderOrigin;
  readonly contactId: ContactId;
  readonly finalDeadlineOn: Day | null;
  /** Only what is scheduled is approved; a proposal is `null`. */
  readonly approval: { readonly kind: 'PERSON' | 'RULE' | null; readonly lapsesOn: Day | null } | null;
}

export type NewMoment =
  | {
      readonly kind: 'at';
      readonly at: Instant;
      readonly on: Day;
      /** The first moment the rules allow anyway: nothing is put off. */
      readonly isEarliest: boolean;
    }
  | { readonly kind: 'past' }
  /** Mail may not leave then; `next` is the first moment after it at which it may, `null` when nobody knows. */
  | { readonly kind: 'closed'; readonly next: Instant | null }
  | { readonly kind: 'too-early'; readonly reason: SkipReason }
  | { readonly kind: 'approval-lapses'; readonly lapsesOn: Day }
  | { readonly kind: 'deadline-too-near'; readonly deadlineOn: Day; readonly workingDays: number };

export function newMoment(wanted: WantedMoment, reminder: Movable, facts: AccountFacts, day: PlanningDay): NewMoment {
  const sending = sendingFor(reminder, day);
  const from = 'at' in wanted ? wanted.at : wanted.on.toZonedDateTime(day.calendar.timeZone).toInstant();
  if ('at' in wanted ? Temporal.Instant.compare(from, day.now) < 0 : isBefore(wanted.on, day.asOn)) return { kind: 'past' };
  const found = sending(laterInstant(from, openFrom(day)));
  if (found.kind === 'unknown') return { kind: 'closed', next: null };
  const isMet = 'at' in wanted ? found.at.equals(wanted.at) : found.on.equals(wanted.on);
  if (!isMet) return { kind: 'closed', next: found.at };
  const refusal = tooEarly(reminder, found.on, facts, day) ?? tooLate(reminder, found.on, day);
  if (refusal) return refusal;
  const earliest = sending(openFrom(day));
  return { ...found, isEarliest: earliest.kind === 'at' && Temporal.Instant.compare(found.at, earliest.at) <= 0 };
}

/** What the rules approved waits for the morning's receipts on its new day too. */
function sendingFor({ approval }: Movable, { calendar, policy }: PlanningDay): (from: Instant) => SendingTime {
  return approval?.kind === 'RULE' ? (from) => nextAutomaticSending(calendar, from, policy) : (from) => nextSending(calendar, from);
}

function tooEarly({ level, origin, contactId }: Movable, on: Day, facts: AccountFacts, day: PlanningDay): NewMoment | null {
  const season = isAbove(level, 'FIRM') ? quietSeason(day.calendar, on) : null;
  if (season) return { kind: 'too-early', reason: { code: 'quiet-season', until: season.until } };
  if (origin !== 'PLANNED') return null;
  const recipient = facts.recipients.find((each) => each.contactId === contactId) ?? null;
  const reasons = contactReasons(facts, recipient, facts.account.episodeStartedOn ?? day.asOn, day, { isSameContact: true });
  const reason = reasons.find((one) => 'until' in one && one.until !== null && isBefore(on, one.until));
  return reason ? { kind: 'too-early', reason } : null;
}

function tooLate({ approval, finalDeadlineOn }: Movable, on: Day, { calendar, policy }: PlanningDay): NewMoment | null {
  if (approval?.lapsesOn && isBefore(approval.lapsesOn, on)) return { kind: 'approval-lapses', lapsesOn: approval.lapsesOn };
  if (finalDeadlineOn === null) return null;
  const { deadlineWorkingDays } = policy.final;
  const left = workingDaysBetween(calendar, on, finalDeadlineOn);
  const isEnough = left.kind === 'count' && left.days >= deadlineWorkingDays;
  return isEnough ? null : { kind: 'deadline-too-near', deadlineOn: finalDeadlineOn, workingDays: deadlineWorkingDays };
}
