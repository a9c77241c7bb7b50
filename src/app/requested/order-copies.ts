/** Orders copies of invoices to be sent, one mail per account. A file that cannot be sent stops the whole order, before anything is queued. */
import { orderMail, refused, requireRecipient } from './order-mail.ts';
import { act, type Act } from '../act.ts';
import { findInvoices } from '../ledger/find-records.ts';
import type { Session } from '../session.ts';
import { statementContents } from '../statement-contents.ts';
import type { RequestedMailId } from '../../domain/ids.ts';
import { assert } from '../../domain/operator-error.ts';
import { REQUESTED_WORDS } from '../../domain/requested-mail.ts';
import { safeText } from '../../domain/safe-text.ts';
import { holdAccounts } from '../../store/sql/account-lock.ts';
import type { DocumentRow } from '../../store/sql/invoices.ts';
import { copiesOrderedOn } from '../../store/sql/requested/requested-mails.ts';

/** @throws OperatorError `invoice.unknown|twice`, `copy.…`, `requested.already|no-address|suppressed` */
export const orderCopies = (session: Session, numbers: readonly string[], isRepeat: boolean): Promise<readonly RequestedMailId[]> =>
  act(session, 'copy', async (context) => {
    const invoices = await findInvoices(context.tx, numbers);
    const byAccount = Map.groupBy(invoices, ({ accountId }) => accountId);
    await holdAccounts(context.tx, [...byAccount.keys()]);
    if (!isRepeat) await refuseOrdered(context, invoices);
    const accounts = await statementContents(context, [...byAccount.keys()], context.today);
    const ids: RequestedMailId[] = [];
    for (const [accountId, own] of byAccount) {
      const account = accounts.find((one) => one.account.id === accountId);
      assert(account, `account ${accountId} of an invoice is missing`);
      ids.push(
        await orderMail(session, context, account, requireRecipient(account), {
          kind: 'COPY',
          asOn: context.today,
          documentCount: own.length,
          answersRequest: true,
          isRepeat,
          invoices: own,
        }),
      );
    }
    return ids;
  });

async function refuseOrdered({ tx, today }: Act, invoices: readonly DocumentRow[]): Promise<void> {
  const [earlier] = await copiesOrderedOn(
    tx,
    invoices.map(({ id }) => id),
    today,
  );
  if (!earlier) return;
  const number = invoices.find(({ id }) => id === earlier.invoiceId)?.number ?? '';
  throw refused(
    'already',
    `A copy of invoice ${safeText(number)} was ordered today in mail ${earlier.id} (${REQUESTED_WORDS[earlier.status]}).`,
    'Add --again to send another.',
  );
}
