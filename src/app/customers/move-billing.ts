/**
 * A customer is billed through another account from now on, or through none. Reminders under way over its invoices speak to the wrong
 * account, so they end; planning proposes the invoices again where they belong.
 */
import type { Act } from '../act.ts';
import { badSetting } from './customer-settings.ts';
import { NO_APPROVAL } from '../no-approval.ts';
import { transition } from '../transition.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { hasBranches, liveRemindersOver, type CustomerDetails } from '../../store/sql/customer-details.ts';

/** Under the locks of both accounts, before the customer's row changes. @throws OperatorError `customer.has-branches|being-sent` */
export async function moveBilling(context: Act, customer: CustomerDetails, billTo: CustomerId | null): Promise<void> {
  const { tx } = context;
  if ((billTo ?? customer.id) === customer.accountId) return;
  if (billTo !== null && (await hasBranches(tx, customer.id)))
    throw badSetting('has-branches', `Branches are billed through customer ${customer.code}.`, 'Bill them through another account first.');
  await endRemindersOver(context, customer);
}

/** Ends what an account is being reminded of over one of its customers' invoices. @throws OperatorError `customer.being-sent` */
export async function endRemindersOver(
  context: Act,
  { accountId, id: customerId }: Pick<CustomerDetails, 'accountId' | 'id'>,
): Promise<number> {
  const live = await liveRemindersOver(context.tx, accountId, customerId);
  const gone = live.find(({ status }) => status === 'LEASED' || status === 'TRANSMITTING' || status === 'UNCERTAIN');
  if (gone)
    throw badSetting(
      'being-sent',
      `Reminder ${gone.id} over its invoices is being sent.`,
      'Try again when it has left, or settle it first.',
    );
  for (const { id, status, version } of live) {
    await transition(context, {
      id,
      from: status,
      to: 'CANCELLED',
      guard: { version },
      change: { statusReason: 'billed through another account', ...NO_APPROVAL },
      reason: 'billed through another account',
    });
  }
  return live.length;
}
