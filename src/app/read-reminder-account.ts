/**
 * What a person weighs before deciding about a reminder, beside the reminder itself: the account as it stands today, what is left out and why, how
 * they pay, what was said, what has changed since they were last written to, and what comes next. Reads only.
 */
import { act, type Act } from './act.ts';
import { moneyView, type MoneyView } from './reminder-view.ts';
import type { Session } from './session.ts';
import { unknownReminder } from './unknown-reminder.ts';
import type { AccountFacts, OpenItem } from '../domain/account-facts.ts';
import { standsOn } from '../domain/blocks.ts';
import { addDays, dayNumber, daysPastDue, type Day } from '../domain/days.ts';
import type { ReminderId } from '../domain/ids.ts';
import { placeOf } from '../domain/ladder.ts';
import { sumByCurrency } from '../domain/money.ts';
import { BLOCK_TEXT, dayText } from '../domain/skip-reasons.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { accountTimeline, customerDetails, type TimelineRow } from '../store/sql/customer-details.ts';
import { reminderBefore } from '../store/sql/reminders/reminder-before.ts';
import { reminderLines, remindersById, type ReminderLineRow, type ReminderRow } from '../store/sql/reminders/reminder-row.ts';

/** Events looked back over for the last payment, call and reply. */
const EVENTS_LOOKED_AT = 60;

export interface LeftOutItem {
  readonly number: string;
  readonly dueOn: string;
  readonly daysPastDue: number;
  readonly balance: MoneyView;
  readonly why: string;
}

/** @throws OperatorError `reminder.unknown` */
export const readReminderAccount = (session: Session, id: ReminderId) =>
  act(
    session,
    'show',
    async (context) => {
      const { tx, company, today } = context;
      const [row] = await remindersById(tx, [id]);
      if (!row) throw unknownReminder(id);
      const lines = await reminderLines(tx, [id]);
      const [facts] = await loadAccountFacts(tx, { accountIds: [row.customerId], asOn: today, timeZone: company.timeZone });
      const customer = await customerDetails(tx, row.customerCode);
      if (!facts || !customer) throw unknownReminder(id);
      const events = await accountTimeline(tx, row.customerId, { timeZone: company.timeZone, limit: EVENTS_LOOKED_AT });
      const notDue = facts.items.filter(({ kind, dueOn }) => kind === 'INVOICE' && dueOn !== null && daysPastDue(dueOn, today) <= 0);
      return {
        leftOut: leftOutOf(facts, row, lines, today),
        notYetDue: { items: notDue.length, totals: totalsOf(notDue) },
        balance: totalsOf(facts.items),
        credits: totalsOf(
          facts.items.filter(({ kind }) => kind === 'CREDIT_NOTE' || kind === 'ADVANCE'),
          -1n,
        ),
        unappliedCash: totalsOf(
          facts.items.filter(({ kind }) => kind === 'ON_ACCOUNT'),
          -1n,
        ),
        termsDays: customer.paymentTermsDays,
        creditLimit:
          customer.creditLimitMinor === null ? null : moneyView({ minor: customer.creditLimitMinor, currency: company.baseCurrency }),
        owner: customer.owner,
        phone: customer.phone,
        behaviour: {
          settledInvoices: facts.behaviour.settledInvoices,
          meanDaysLate: facts.behaviour.meanDaysLate === null ? null : Math.round(facts.behaviour.meanDaysLate),
          brokenPromises: facts.behaviour.brokenPromises,
          keptPromises: facts.behaviour.keptPromises,
        },
        blocks: standing(facts, today),
        lastPayment: newest(events, ({ kind, isUndone }) => kind === 'payment' && !isUndone),
        lastSpoken: newest(events, ({ kind, isUndone, what }) => kind === 'contact' && !isUndone && !what.startsWith('REPLY')),
        lastReply: newest(events, ({ kind, what }) => (kind === 'contact' || kind === 'block') && what.startsWith('REPLY')),
        lastDelivered: lastDelivered(facts),
        sinceLast: await sinceLast(context, row, lines),
        next: nextStep(facts, row, context),
      };
    },
    { isReadOnly: true },
  );

export type ReminderAccount = Awaited<ReturnType<typeof readReminderAccount>>;

const totalsOf = (items: readonly OpenItem[], sign: 1n | -1n = 1n): readonly MoneyView[] =>
  sumByCurrency(items.map(({ balanceMinor, currency }) => ({ minor: sign * balanceMinor, currency }))).map(moneyView);

/** Overdue and not asked for, each with the reason a colleague would give. */
function leftOutOf(facts: AccountFacts, row: ReminderRow, lines: readonly ReminderLineRow[], today: Day): readonly LeftOutItem[] {
  const asked = new Set(lines.flatMap(({ invoiceId }) => invoiceId ?? []));
  const currencies = new Set(row.totals.map(({ currency }) => currency));
  return facts.items.flatMap((item) => {
    const { kind, invoiceId, dueOn, number, balanceMinor, currency } = item;
    if (kind !== 'INVOICE' || invoiceId === null || dueOn === null || asked.has(invoiceId) || daysPastDue(dueOn, today) <= 0) return [];
    return [
      {
        number,
        dueOn: dueOn.toString(),
        daysPastDue: daysPastDue(dueOn, today),
        balance: moneyView({ minor: balanceMinor, currency }),
        why: whyLeftOut(facts, item, { row, currencies, today }),
      },
    ];
  });
}

function whyLeftOut(
  { blocks }: AccountFacts,
  { invoiceId, dueOn, currency }: OpenItem,
  { row, currencies, today }: { readonly row: ReminderRow; readonly currencies: ReadonlySet<string>; readonly today: Day },
): string {
  const block = blocks.find((one) => (one.invoiceId === invoiceId || one.invoiceId === null) && standsOn(one, dayNumber(today)));
  if (block) return `${BLOCK_TEXT[block.kind]}${block.untilOn === null ? '' : ` until ${dayText(block.untilOn)}`}: ${block.reason}`;
  if (dueOn !== null && dayNumber(dueOn) >= dayNumber(row.asOn)) return 'fell due after this was composed; it waits for the next contact';
  if (!currencies.has(currency)) return `what is owed in ${currency} is covered by credits, or too little to ask for`;
  return row.origin === 'MANUAL' ? 'not chosen by whoever composed this' : 'left out by hand, or entered after this was composed';
}

const standing = ({ blocks, items }: AccountFacts, today: Day) =>
  blocks
    .filter((block) => standsOn(block, dayNumber(today)))
    .map(({ kind, invoiceId, reason, reference, untilOn }) => ({
      kind,
      what: BLOCK_TEXT[kind],
      invoice: items.find((item) => invoiceId !== null && item.invoiceId === invoiceId)?.number ?? null,
      reason,
      reference,
      untilOn: untilOn?.toString() ?? null,
    }));

function newest(events: readonly TimelineRow[], isIt: (event: TimelineRow) => boolean) {
  const found = events.find(isIt);
  if (found === undefined) return null;
  const { on, what, amountMinor, currency } = found;
  return {
    on: on.toString(),
    what,
    amount: amountMinor === null || currency === null ? null : moneyView({ minor: amountMinor, currency }),
  };
}

function lastDelivered({ contacts }: AccountFacts) {
  const found = contacts.find(({ isDelivered }) => isDelivered);
  return found === undefined ? null : { on: found.on.toString(), level: found.level };
}

/** Against the last reminder that reached them: what is new in this one, what is gone from it. */
async function sinceLast({ tx }: Act, row: ReminderRow, lines: readonly ReminderLineRow[]) {
  const before = await reminderBefore(tx, row.customerId, row.id);
  if (before === undefined) return null;
  const [past] = await remindersById(tx, [before]);
  const pastLines = await reminderLines(tx, [before]);
  const numbers = (all: readonly ReminderLineRow[]) => new Set(all.flatMap(({ kind, number }) => (kind === 'INVOICE' ? [number] : [])));
  const [then, now] = [numbers(pastLines), numbers(lines)];
  return {
    id: before,
    sentOn: past?.sentAt?.toString() ?? null,
    level: past?.escalationLevel ?? null,
    added: [...now].filter((number) => !then.has(number)),
    gone: [...then].filter((number) => !now.has(number)),
  };
}

/** If this goes and nothing is paid: from when, and how firmly; a person's turn once the last step is spent. */
function nextStep(facts: AccountFacts, row: ReminderRow, { policy, today }: Act) {
  const on = dayNumber(row.nextEligibleContactOn) > dayNumber(today) ? row.nextEligibleContactOn : addDays(today, 1);
  if (row.escalationLevel === 'FINAL') return { on: row.finalDeadlineOn?.toString() ?? on.toString(), level: null };
  const contact = { on: today, level: row.escalationLevel, isDelivered: true, isAutomatic: true, finalDeadlineOn: null };
  const age = row.oldestDaysPastDue + Math.max(0, dayNumber(on) - dayNumber(row.asOn));
  const place = placeOf({ ...facts, contacts: [contact, ...facts.contacts] }, age, facts.account.episodeStartedOn ?? today, policy);
  return { on: on.toString(), level: place.isFinalSpent ? null : place.level };
}
