/**
 * A reminder an operator composes from items of their own choice. Blocks, suppression, collection status and calendar hold as for
 * planned ones; trigger age, minimum and preference do not, since a person decides. Interval and cap give way only to an
 * explicit override, whose reason the caller records. Says which chosen items could not be included, and why; reasons for a refusal
 * speak of the chosen items, so `nothing-overdue` means that none of them is.
 */
import type { AccountFacts } from './account-facts.ts';
import { type AccountClaim, accountClaim, only } from './claim.ts';
import { composeReminder } from './compose.ts';
import { contactReasons } from './contact-interval.ts';
import type { Day } from './days.ts';
import type { ProposedReminder, SkipReason } from './decision.ts';
import type { InvoiceId, ReminderId } from './ids.ts';
import { contactsSince, finalContact, placeOf } from './ladder.ts';
import { netByCurrency, netPerItem } from './net.ts';
import { accountDay, type PlanningContext, type PlanningDay } from './planning-day.ts';
import { chooseRecipient } from './recipient.ts';
import type { ReminderDraft } from './reminder-draft.ts';
import { accountReasons, claimReasons, recipientReasons, seasonReasons } from './silence.ts';
import { inJudgedOrder } from './skip-reasons.ts';
import type { EscalationLevel } from './vocabulary.ts';

export interface ManualChoice {
  readonly invoiceIds: readonly InvoiceId[];
  /** Left out: the level the ladder allows today. */
  readonly level?: EscalationLevel;
  /** A live reminder that this one takes the place of, at another level: it stays a planned one, and its own items are free. */
  readonly replaces?: ReminderId;
  /** True when the operator gave a reason to contact the customer before the interval is over. */
  readonly overridesInterval?: boolean;
}

export type ManualResult =
  | { readonly kind: 'reminder'; readonly reminder: ProposedReminder; readonly leftOut: readonly LeftOutItem[] }
  | {
      readonly kind: 'refused';
      readonly reason: SkipReason;
      readonly alsoTrue: readonly SkipReason[];
      readonly leftOut: readonly LeftOutItem[];
    };

export interface LeftOutItem {
  readonly invoiceId: InvoiceId;
  readonly why: 'not-open' | 'not-overdue' | 'blocked' | 'covered-by-credits';
}

export function composeManual(facts: AccountFacts, choice: ManualChoice, context: PlanningContext): ManualResult {
  const day = accountDay(facts.account, context);
  const chosen = new Set(choice.invoiceIds);
  const claim = accountClaim(facts, day, chosen);
  const leftOut = choice.invoiceIds.flatMap((invoiceId) => leftOutItem(facts, claim, invoiceId));
  const draft = claim === null ? null : manualDraft(facts, claim, choice, chosen, day);
  const reasons = inJudgedOrder(manualReasons(facts, claim, draft, choice, day));
  const [reason, ...alsoTrue] = reasons;
  const recipient = draft === null ? null : chooseRecipient(facts.recipients, draft.level);
  if (reason || draft === null || recipient?.kind !== 'chosen' || day.sending.kind !== 'at') {
    return { kind: 'refused', reason: reason ?? { code: 'net-not-positive' }, alsoTrue, leftOut };
  }
  return { kind: 'reminder', reminder: composeReminder(facts, draft, recipient.recipient, day.sending, day), leftOut };
}

/** Residues count when a person chose them. A single item takes the account's credits as an individual reminder does. */
function manualDraft(
  facts: AccountFacts,
  claim: AccountClaim,
  choice: ManualChoice,
  chosen: ReadonlySet<InvoiceId>,
  day: PlanningDay,
): ReminderDraft | null {
  const asked = only(claim.asked, chosen).filter((item) => item.askedMinor > 0n);
  const claims = asked.length === 1 ? singleItemClaims(facts, claim, chosen, day) : claim.claims;
  const items = claims.flatMap((currency) => currency.items);
  if (items.length === 0) return null;
  const oldestDaysPastDue = Math.max(...items.map((item) => item.daysPastDue));
  const place = placeOf(facts, oldestDaysPastDue, facts.account.episodeStartedOn ?? day.asOn, day.policy);
  return {
    form: items.length > 1 ? 'consolidated' : 'individual',
    claims,
    itemCount: items.length,
    oldestDaysPastDue,
    ...place,
    level: choice.level ?? place.level,
    // What takes the place of one made by hand stays one: only those may leave before their interval.
    isManual: choice.replaces === undefined || choice.overridesInterval === true,
  };
}

const singleItemClaims = (
  facts: AccountFacts,
  claim: AccountClaim,
  chosen: ReadonlySet<InvoiceId>,
  day: PlanningDay,
): AccountClaim['claims'] =>
  netByCurrency(claim.asked, facts.items, day.base.currency)
    .flatMap(netPerItem)
    .filter(({ items }) => items.some(({ item }) => item.invoiceId !== null && chosen.has(item.invoiceId)));

function manualReasons(
  facts: AccountFacts,
  claim: AccountClaim | null,
  draft: ReminderDraft | null,
  choice: ManualChoice,
  day: PlanningDay,
): readonly SkipReason[] {
  const asked = claim === null ? [] : only(claim.asked, new Set(choice.invoiceIds));
  if (claim === null || asked.length === 0) return [...accountReasons(facts), { code: 'nothing-overdue' }];
  const chosenBlocked = onlyBlocking(claimReasons(facts, { ...claim, asked }, day));
  const own = accountReasons(facts).filter(({ code }) => code !== 'reminder-live');
  const live = facts.liveReminders.find(
    ({ id: liveId, invoiceIds }) => liveId !== choice.replaces && invoiceIds.some((id) => choice.invoiceIds.includes(id)),
  );
  const reasons: SkipReason[] = [
    ...own,
    ...chosenBlocked,
    ...(live ? [{ code: 'reminder-live' as const, id: live.id }] : []),
    ...calendarReasons(draft, day),
  ];
  if (draft === null) return reasons;
  const recipient = chooseRecipient(facts.recipients, draft.level);
  return [
    ...reasons,
    ...recipientReasons(recipient),
    ...intervalReasons(facts, draft, choice, recipient.kind === 'chosen' ? recipient.recipient : null, day),
  ];
}

/** Of the reasons in what is owed, those an operator's choice does not lift; without a draft the net is the reason. */
const onlyBlocking = (reasons: readonly SkipReason[]): readonly SkipReason[] =>
  reasons.filter(({ code }) => code === 'reply-awaiting' || code === 'blocked');

function calendarReasons(draft: ReminderDraft | null, day: PlanningDay): readonly SkipReason[] {
  const reasons: SkipReason[] = draft === null ? [] : [...seasonReasons(draft.level, day)];
  if (day.sending.kind === 'unknown') reasons.push({ code: 'calendar-unconfirmed', year: day.sending.year });
  if (draft?.level === 'FINAL' && day.finalDeadlineOn === null)
    reasons.push({ code: 'calendar-unconfirmed', year: day.contactOn.year + 1 });
  return reasons;
}

function intervalReasons(
  facts: AccountFacts,
  draft: ReminderDraft,
  choice: ManualChoice,
  recipient: AccountFacts['recipients'][number] | null,
  day: PlanningDay,
): readonly SkipReason[] {
  const episodeStartedOn: Day = facts.account.episodeStartedOn ?? day.asOn;
  const spent: readonly SkipReason[] =
    draft.level === 'FINAL' && finalContact(contactsSince(facts.contacts, episodeStartedOn)) ? [{ code: 'ladder-complete' }] : [];
  return choice.overridesInterval === true ? spent : [...spent, ...contactReasons(facts, recipient, episodeStartedOn, day)];
}

function leftOutItem(facts: AccountFacts, claim: AccountClaim | null, invoiceId: InvoiceId): readonly LeftOutItem[] {
  const open = facts.items.find((item) => item.invoiceId === invoiceId && item.kind === 'INVOICE' && item.balanceMinor > 0n);
  if (open === undefined) return [{ invoiceId, why: 'not-open' }];
  const asked = claim?.asked.find(({ item }) => item.invoiceId === invoiceId);
  if (asked === undefined) return [{ invoiceId, why: 'not-overdue' }];
  if (asked.askedMinor === 0n) return [{ invoiceId, why: 'blocked' }];
  const isIncluded = claim?.claims.some(({ items }) => items.some(({ item }) => item.invoiceId === invoiceId)) ?? false;
  return isIncluded ? [] : [{ invoiceId, why: 'covered-by-credits' }];
}
