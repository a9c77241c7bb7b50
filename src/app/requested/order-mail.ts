/** Queues one mail on request: freezes whom it goes to and what it says, with the event that says who ordered it. */
import { randomUUID } from 'node:crypto';
import { renderRequested, type RequestedFrame } from './render-requested.ts';
import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import type { Session } from '../session.ts';
import type { AccountStatement } from '../statement-contents.ts';
import type { Recipient } from '../../domain/account-facts.ts';
import type { Day } from '../../domain/days.ts';
import type { InvoiceId, RequestedMailId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { RequestedKind } from '../../domain/requested-mail.ts';
import { safeText } from '../../domain/safe-text.ts';
import { messageIdFor } from '../../mail/message-id.ts';
import { insertRequestedMail } from '../../store/sql/requested/requested-mails.ts';

export interface MailOrder {
  readonly kind: RequestedKind;
  readonly asOn: Day;
  readonly documentCount: number;
  /** Somebody asked for it; what goes to everybody was asked for by nobody. */
  readonly answersRequest: boolean;
  readonly isRepeat: boolean;
  readonly invoices: readonly { readonly id: InvoiceId; readonly number: string }[];
}

/** The caller holds the account's lock and has chosen the recipient. */
export async function orderMail(
  session: Session,
  context: Act,
  account: AccountStatement,
  recipient: Recipient,
  order: MailOrder,
): Promise<RequestedMailId> {
  const { tx, company, now, today, actor } = context;
  const frame: RequestedFrame = {
    kind: order.kind,
    recipientName: recipient.name,
    recipientNameAr: recipient.nameAr,
    recipientTitle: recipient.title,
    recipientAddress: recipient.address,
    language: account.content.language,
    asOn: order.asOn,
    answersRequest: order.answersRequest,
    invoiceNumbers: order.invoices.map(({ number }) => number),
  };
  const { hash } = await renderRequested(session, context, frame, account);
  const domain = company.mailFromAddress.split('@').at(-1) ?? 'localhost';
  const id = await insertRequestedMail(
    tx,
    {
      ...frame,
      customerId: account.account.id,
      contactId: recipient.contactId,
      documentCount: order.documentCount,
      isRepeat: order.isRepeat,
      orderedBy: userIdOf(actor),
      orderedAt: now,
      orderedOn: today,
      renderHash: hash,
      messageId: messageIdFor(randomUUID().replaceAll('-', ''), domain),
    },
    order.invoices.map((invoice) => invoice.id),
  );
  const detail = { kind: order.kind, documents: order.documentCount, renderHash: hash, isRepeat: order.isRepeat };
  context.record({ objectKind: 'requested-mail', objectId: id, toState: 'QUEUED', reason: 'ordered', detail });
  return id;
}

/** The one person it goes to. @throws OperatorError `requested.no-address`, `requested.suppressed` */
export function requireRecipient({ account, recipient }: AccountStatement): Recipient {
  if (recipient.kind === 'chosen') return recipient.recipient;
  const code = safeText(account.code);
  throw recipient.kind === 'none'
    ? refused(
        'no-address',
        `Customer ${code} has nobody with an address.`,
        `Add one with \`wafa customer set ${code}\`, or import contacts.`,
      )
    : refused(
        'suppressed',
        `Nothing may go to customer ${code}: ${recipient.why}.`,
        'Give another address, or lift it with `wafa unsuppress`.',
      );
}

export const refused = (code: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `requested.${code}`, kind: 'refused', message, tryThis });
