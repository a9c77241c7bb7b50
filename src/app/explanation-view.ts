/** An explanation as every face shows it: the decision, the facts, and the sentences a colleague would say. */
import { moneyView, reasonView } from './reminder-view.ts';
import type { AccountFacts, OpenItem } from '../domain/account-facts.ts';
import type { ProposedReminder } from '../domain/decision.ts';
import { standsOn } from '../domain/blocks.ts';
import { dayNumber, daysPastDue, type Day } from '../domain/days.ts';
import type { Explanation } from '../domain/explanation.ts';
import { LOOK_AHEAD_DAYS } from '../domain/look-ahead.ts';
import { moneyText, sumByCurrency } from '../domain/money.ts';
import { overdueItems } from '../domain/open-items.ts';
import { BLOCK_TEXT, dayText, skipSentence } from '../domain/skip-reasons.ts';

export function explanationView(explanation: Explanation) {
  const { facts, decision, fresh, nextContactOn, asOn, branch, inboxStaleSince, repliedOn } = explanation;
  const { account } = facts;
  const own = facts.liveReminders[0]?.id ?? null;
  const shown = own === null ? decision : fresh;
  const reason = shown.outcome.kind === 'skip' ? shown.outcome.reason : null;
  const data = {
    customer: account.code,
    asOn: asOn.toString(),
    decision: reason === null ? 'reminder' : 'skip',
    reason: reason === null ? null : reasonView(reason),
    alsoTrue: shown.alsoTrue.map(reasonView),
    facts: {
      name: account.name,
      overdueItems: decision.overdueItems,
      items: facts.items.map((item) => itemView(item, asOn)),
      blocks: facts.blocks.map((block) => ({
        id: block.id,
        kind: block.kind,
        invoiceId: block.invoiceId,
        reason: block.reason,
        untilOn: block.untilOn?.toString() ?? null,
      })),
      lastContact: facts.contacts[0] ? { on: facts.contacts[0].on.toString(), level: facts.contacts[0].level } : null,
      recipients: facts.recipients.map(({ name, address, isPrimary, suppressedWhy }) => ({ name, address, isPrimary, suppressedWhy })),
      behaviour: { ...facts.behaviour },
      preference: account.consolidationPreference,
      collectionStatus: account.collectionStatus,
    },
    reminderId: own,
    nextContactOn: nextContactOn?.toString() ?? null,
    repliedOn: repliedOn?.toString() ?? null,
    inboxStaleSince: inboxStaleSince?.toString() ?? null,
  };
  return {
    data,
    sentences: [
      ...branchSentence(branch, facts.account),
      ...sentencesOf(shown, account.name, own),
      ...receiptsSentence(shown),
      ...owedSentence(facts, asOn),
      ...creditSentence(facts),
      ...blockSentences(facts, asOn),
      ...lastContactSentence(facts, shown),
      ...promiseSentence(facts),
      ...replySentence(explanation),
      ...aheadSentence(shown, nextContactOn),
      ...staleInboxSentence(explanation),
    ],
  };
}

const itemView = (item: OpenItem, asOn: Day) => ({
  kind: item.kind,
  number: item.number,
  invoiceId: item.invoiceId,
  dueOn: item.dueOn?.toString() ?? null,
  daysPastDue: item.dueOn === null ? null : daysPastDue(item.dueOn, asOn),
  balance: moneyView({ minor: item.balanceMinor, currency: item.currency }),
});

const branchSentence = (branch: Explanation['branch'], account: Explanation['facts']['account']): readonly string[] =>
  branch === null ? [] : [`${branch} is a branch of ${account.code} ${account.name}, and is reminded through it.`];

function sentencesOf(decision: Explanation['decision'], name: string, liveId: number | null): readonly string[] {
  if (decision.outcome.kind === 'skip') {
    const also = decision.alsoTrue.map((reason) => `Also: ${skipSentence(reason, name)}`);
    return [skipSentence(decision.outcome.reason, name), ...also];
  }
  return decision.outcome.reminders.map((reminder) => reminderSentence(reminder, name, liveId));
}

/** Beside a reminder whose invoices may have been paid for all that is known. */
function receiptsSentence({ outcome }: Explanation['decision']): readonly string[] {
  if (outcome.kind === 'skip' || !outcome.reminders.some(({ approvalNeeds }) => approvalNeeds.includes('receipts-unknown'))) return [];
  return ['No receipts were ever imported, so a person has to see that it is not paid.'];
}

/** What the account owes, whether it is asked for now or not; nothing when nothing is overdue. */
function owedSentence({ items }: AccountFacts, asOn: Day): readonly string[] {
  const overdue = overdueItems(items, dayNumber(asOn));
  if (overdue.length === 0) return [];
  const sums = sumByCurrency(overdue.map(({ item }) => ({ minor: item.balanceMinor, currency: item.currency })));
  const oldest = Math.max(...overdue.map((item) => item.daysPastDue));
  const what = overdue.length === 1 ? 'one overdue item' : `${overdue.length} overdue items, the oldest`;
  return [`They owe ${sums.map(moneyText).join(' and ')} in ${what} ${oldest === 1 ? '1 day' : `${oldest} days`} past due.`];
}

function creditSentence({ items }: AccountFacts): readonly string[] {
  const credits = items.filter(({ kind, balanceMinor }) => (kind === 'CREDIT_NOTE' || kind === 'ON_ACCOUNT') && balanceMinor < 0n);
  if (credits.length === 0) return [];
  const sums = sumByCurrency(credits.map(({ balanceMinor, currency }) => ({ minor: -balanceMinor, currency })));
  return [`Credits and cash on account of ${sums.map(moneyText).join(' and ')} stand against it.`];
}

/** More than a few are told by the list below the sentences. */
const MOST_BLOCKS_TOLD = 3;

function blockSentences({ blocks, items }: AccountFacts, asOn: Day): readonly string[] {
  const standing = blocks.filter((block) => standsOn(block, dayNumber(asOn)) && block.kind !== 'REPLY');
  return standing.slice(0, MOST_BLOCKS_TOLD).map((block) => {
    const number = items.find(({ invoiceId }) => invoiceId !== null && invoiceId === block.invoiceId)?.number;
    const reference = block.reference === null ? '' : ` (${block.reference})`;
    const what = `${BLOCK_TEXT[block.kind]}${reference}${number === undefined ? '' : ` on ${number}`}`;
    return `On record: ${what}, since ${dayText(block.startedOn)}: “${block.reason}”.`;
  });
}

/** What they wrote is for those who answer it. */
const replySentence = ({ repliedOn, facts }: Explanation): readonly string[] =>
  repliedOn === null ? [] : [`They last answered by mail on ${dayText(repliedOn)}; see \`wafa inbox replies ${facts.account.code}\`.`];

const staleInboxSentence = ({ inboxStaleSince }: Explanation): readonly string[] =>
  inboxStaleSince === null
    ? []
    : ['No reminder leaves by itself at the moment: the mailbox has not been read for four working hours, so an answer may lie in it.'];

function promiseSentence({ behaviour: { brokenPromises } }: AccountFacts): readonly string[] {
  if (brokenPromises === 0) return [];
  return [`They have broken ${brokenPromises === 1 ? 'one promise' : `${brokenPromises} promises`} to pay.`];
}

/** Said unless the reason has said it already. */
function lastContactSentence({ contacts: [last] }: AccountFacts, { outcome }: Explanation['decision']): readonly string[] {
  if (outcome.kind === 'skip' && ['nothing-overdue', 'contact-interval'].includes(outcome.reason.code)) return [];
  if (last === undefined) return ['They have not been contacted yet.'];
  return [`They were last contacted on ${dayText(last.on)}${last.level === null ? '' : `, at level ${last.level}`}.`];
}

/** A reminder under way settles the account's next contact itself, so nothing is foretold beside it. */
function aheadSentence({ outcome, alsoTrue }: Explanation['decision'], nextContactOn: Day | null): readonly string[] {
  if (outcome.kind !== 'skip' || [outcome.reason, ...alsoTrue].some(({ code }) => code === 'reminder-live')) return [];
  return nextContactOn === null
    ? [`Nothing in the coming ${LOOK_AHEAD_DAYS} days would change that by itself.`]
    : [`They would be contacted on ${dayText(nextContactOn)} if nothing is paid.`];
}

function reminderSentence(reminder: ProposedReminder, name: string, liveId: number | null): string {
  const amount = reminder.totals.map(moneyText).join(' and ');
  const what = liveId === null ? 'would be reminded' : `is reminded (reminder ${liveId})`;
  return `${name} ${what} of ${amount} at level ${reminder.level}: ${reminder.why.join('; ')}. After it, nothing before ${dayText(reminder.nextEligibleContactOn)}.`;
}
