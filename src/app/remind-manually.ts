/** An operator composes a reminder from items of their own choice; blocks, suppression and calendar hold all the same. */
import { act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { openComposer } from './composition.ts';
import { unknownCustomer } from './unknown-customer.ts';
import { readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import type { InvoiceId, ReminderId } from '../domain/ids.ts';
import { composeManual, type ManualResult } from '../domain/manual-reminder.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { EscalationLevel } from '../domain/vocabulary.ts';
import { loadAccountFacts } from '../store/load-account-facts.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { accountOfCustomer } from '../store/sql/account-of-customer.ts';
import { lockCompany } from '../store/sql/company-settings.ts';
import { insertReminders } from '../store/sql/reminders/insert-reminders.ts';

export interface ManualOrder {
  readonly customerCode: string;
  /** Empty: everything open and overdue. */
  readonly invoiceNumbers: readonly string[];
  readonly level?: EscalationLevel;
  /** Contacts the customer before the interval is over, for this reason. */
  readonly overrideReason?: string;
}

export interface ManualReminder {
  readonly id: ReminderId | null;
  readonly result: ManualResult;
  readonly customerName: string;
}

/** @throws OperatorError `customer.unknown`, `invoice.unknown` */
export const remindManually = (session: Session, order: ManualOrder): Promise<ManualReminder> =>
  act(session, 'remind', async (context) => {
    const override = order.overrideReason === undefined ? null : readLine(order.overrideReason, 'the reason', 500);
    const found = await accountOfCustomer(context.tx, order.customerCode);
    if (!found) throw unknownCustomer(order.customerCode);
    // A run under way has decided for accounts it does not lock; two reminders for one invoice would end it whole.
    await lockCompany(context.tx);
    await lockAccounts(context.tx, [found.accountId]);
    const planning = await planningContext(context);
    const [facts] = await loadAccountFacts(context.tx, {
      accountIds: [found.accountId],
      asOn: planning.asOn,
      timeZone: context.company.timeZone,
    });
    if (!facts) throw unknownCustomer(order.customerCode);
    const invoices = facts.items.filter((item) => item.kind === 'INVOICE' && item.invoiceId !== null);
    const chosen =
      order.invoiceNumbers.length === 0
        ? invoices
        : order.invoiceNumbers.map((number) => invoices.find((item) => item.number === number) ?? unknownInvoice(number, found.code));
    const result = composeManual(
      facts,
      {
        invoiceIds: chosen.map((item) => item.invoiceId as InvoiceId),
        ...(order.level ? { level: order.level } : {}),
        overridesInterval: override !== null,
      },
      planning,
    );
    if (result.kind === 'refused') return { id: null, result, customerName: facts.account.name };
    const composer = await openComposer(context);
    const row = composer.bind(result.reminder, { customerId: found.accountId, runId: null, asOn: planning.asOn, origin: 'MANUAL' });
    const [id] = await insertReminders(context.tx, [row]);
    context.record({
      objectKind: 'reminder',
      objectId: id as ReminderId,
      toState: 'PROPOSED',
      reason: override ?? 'composed by hand',
      detail: { digest: row.digest, level: result.reminder.level, overridesInterval: override !== null },
    });
    return { id: id as ReminderId, result, customerName: facts.account.name };
  });

function unknownInvoice(number: string, customerCode: string): never {
  throw new OperatorError({
    code: 'invoice.unknown',
    kind: 'usage',
    message: `Customer ${customerCode} has no open invoice ${JSON.stringify(number.slice(0, 100))}.`,
    tryThis: `Run \`wafa explain ${customerCode}\` to see what is open.`,
  });
}
