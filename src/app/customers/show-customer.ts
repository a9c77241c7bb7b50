/** One customer as a person wants to see it with the telephone in hand: what is owed, what stands in the way, who to speak to, what was said. */
import { act } from '../act.ts';
import { holdsRole } from '../actor.ts';
import { moneyView } from '../reminder-view.ts';
import type { Session } from '../session.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import type { OpenItem } from '../../domain/account-facts.ts';
import { AGEING_BUCKETS, ageingOf } from '../../domain/ageing.ts';
import { daysPastDue } from '../../domain/days.ts';
import { sumByCurrency } from '../../domain/money.ts';
import { loadAccountFacts } from '../../store/load-account-facts.ts';
import { accountTimeline, contactsOf, customerDetails, type CustomerDetails, type TimelineRow } from '../../store/sql/customer-details.ts';
import { tasksOfAccount } from '../../store/sql/tasks.ts';

/** Events of the history; a longer one is what the audit is for. */
const TIMELINE_EVENTS = 20;

/** @throws OperatorError `customer.unknown` */
export const showCustomer = (session: Session, code: string) =>
  act(
    session,
    'customer show',
    async ({ tx, actor, company, today }) => {
      // What was said and noted is for those who work with it.
      const seesWords = holdsRole(actor, ['OPERATOR', 'APPROVER', 'ADMIN']);
      const customer = await customerDetails(tx, code.trim());
      if (!customer) throw unknownCustomer(code);
      const [facts] = await loadAccountFacts(tx, { accountIds: [customer.accountId], asOn: today, timeZone: company.timeZone });
      const items = facts?.items ?? [];
      const overdue = items.filter((item) => item.dueOn !== null && daysPastDue(item.dueOn, today) > 0);
      const people = await contactsOf(tx, customer.id);
      const suppressed = new Map((facts?.recipients ?? []).map(({ contactId, suppressedWhy }) => [contactId, suppressedWhy]));
      return {
        customer: settingsView(seesWords ? customer : { ...customer, notes: null }, company.baseCurrency),
        asOn: today.toString(),
        balance: sums(items),
        overdue: sums(overdue),
        ageing: ageingOf(items, today).map(({ currency, minorByBucket, totalMinor }) => ({
          total: moneyView({ minor: totalMinor, currency }),
          buckets: AGEING_BUCKETS.filter((bucket) => minorByBucket[bucket] > 0n).map((bucket) => ({
            days: bucket,
            ...moneyView({ minor: minorByBucket[bucket], currency }),
          })),
        })),
        items: items.map((item) => ({
          kind: item.kind,
          number: item.number,
          order: item.customerReference,
          branch: item.branchCode,
          dueOn: item.dueOn?.toString() ?? null,
          daysPastDue: item.dueOn === null ? null : daysPastDue(item.dueOn, today),
          balance: moneyView({ minor: item.balanceMinor, currency: item.currency }),
        })),
        blocks: (facts?.blocks ?? []).map(({ id, kind, invoiceId, reason, reference, untilOn }) => ({
          id,
          kind,
          invoice: items.find((item) => item.invoiceId === invoiceId && invoiceId !== null)?.number ?? null,
          reason,
          reference,
          untilOn: untilOn?.toString() ?? null,
        })),
        tasks: (await tasksOfAccount(tx, customer.accountId)).map(({ id, kind, invoice, reason, sinceOn }) => ({
          id,
          kind,
          invoice,
          reason,
          sinceOn: sinceOn.toString(),
        })),
        contacts: people.map((person) => ({ ...person, suppressedWhy: suppressed.get(person.id) ?? null })),
        liveReminders: (facts?.liveReminders ?? []).map(({ id, status, level }) => ({ id, status, level })),
        timeline: (await accountTimeline(tx, customer.accountId, { timeZone: company.timeZone, limit: TIMELINE_EVENTS })).map((row) =>
          eventView(seesWords ? row : withoutWords(row)),
        ),
      };
    },
    { isReadOnly: true },
  );

export type CustomerView = Awaited<ReturnType<typeof showCustomer>>;

const sums = (items: readonly OpenItem[]) =>
  sumByCurrency(items.map(({ balanceMinor, currency }) => ({ minor: balanceMinor, currency }))).map(moneyView);

const settingsView = (
  { id: _, accountId: __, creditLimitMinor, maxConsolidationAmountMinor, customerSinceOn, ...rest }: CustomerDetails,
  currency: string,
) => ({
  ...rest,
  creditLimit: creditLimitMinor === null ? null : moneyView({ minor: creditLimitMinor, currency }),
  maxConsolidationAmount: maxConsolidationAmountMinor === null ? null : moneyView({ minor: maxConsolidationAmountMinor, currency }),
  customerSinceOn: customerSinceOn?.toString() ?? null,
});

/** Kind and amount stay; what somebody wrote behind the colon does not. */
const withoutWords = (row: TimelineRow): TimelineRow =>
  row.kind === 'contact' || row.kind === 'block' ? { ...row, what: row.what.replace(/:.*$/s, '') } : row;

const eventView = ({ on, kind, id, what, amountMinor, currency, isUndone }: TimelineRow) => ({
  on: on.toString(),
  kind,
  id,
  what,
  amount: amountMinor === null || currency === null ? null : moneyView({ minor: amountMinor, currency }),
  isUndone,
});
