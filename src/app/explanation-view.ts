/** An explanation as every face shows it: the decision, the facts, and the sentences a colleague would say. */
import type { Explanation } from './explain-account.ts';
import { moneyView, reasonView } from './reminder-view.ts';
import type { OpenItem } from '../domain/account-facts.ts';
import type { ProposedReminder } from '../domain/decision.ts';
import { daysPastDue, type Day } from '../domain/days.ts';
import { LOOK_AHEAD_DAYS } from '../domain/look-ahead.ts';
import { moneyText } from '../domain/money.ts';
import { dayText, skipSentence } from '../domain/skip-reasons.ts';

export function explanationView({ facts, decision, fresh, nextContactOn, asOn, branch }: Explanation) {
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
  };
  return {
    data,
    sentences: [...branchSentence(branch, facts.account), ...sentencesOf(shown, account.name, own), ...aheadSentence(shown, nextContactOn)],
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
