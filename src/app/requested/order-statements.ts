/**
 * Orders statements to be sent: of one account because it asked, or of every account with anything open. Whoever orders has approved; a
 * second one of the same day and account goes only when it is asked for again in so many words.
 */
import { orderMail, refused, requireRecipient } from './order-mail.ts';
import { act } from '../act.ts';
import { dayAsked } from '../read-statements.ts';
import type { Session } from '../session.ts';
import { statementContents, type AccountStatement } from '../statement-contents.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import type { Day } from '../../domain/days.ts';
import type { CustomerId, RequestedMailId } from '../../domain/ids.ts';
import { REQUESTED_WORDS } from '../../domain/requested-mail.ts';
import { holdAccounts } from '../../store/sql/account-lock.ts';
import { accountOfCustomer } from '../../store/sql/account-of-customer.ts';
import { accountIdsAfter } from '../../store/sql/facts/account-rows.ts';
import { statementsOrderedOn } from '../../store/sql/requested/requested-mails.ts';

export interface StatementOrder {
  readonly asOn?: Day | undefined;
  /** Send one although one was ordered today. */
  readonly isRepeat: boolean;
}

/** @throws OperatorError `customer.unknown`, `statement.future`, `requested.already|nothing-open|no-address|suppressed` */
export const orderStatement = (session: Session, customerCode: string, { asOn, isRepeat }: StatementOrder): Promise<RequestedMailId> =>
  act(session, 'statement send', async (context) => {
    const found = await accountOfCustomer(context.tx, customerCode);
    if (!found) throw unknownCustomer(customerCode);
    await holdAccounts(context.tx, [found.accountId]);
    const day = dayAsked(context, asOn);
    const [one] = await statementContents(context, [found.accountId], day);
    if (!one) throw unknownCustomer(customerCode);
    const { code } = one.account;
    if (one.content.statement.lineCount === 0)
      throw refused('nothing-open', `Nothing was open on account ${code} on ${day}.`, 'Give another day with --as-of.');
    const [earlier] = await statementsOrderedOn(context.tx, { customerIds: [found.accountId], asOn: day, orderedOn: context.today });
    if (earlier && !isRepeat)
      throw refused(
        'already',
        `This statement of account ${code} was ordered today as mail ${earlier.id} (${REQUESTED_WORDS[earlier.status]}).`,
        'Add --again to send another.',
      );
    return await orderMail(session, context, one, requireRecipient(one), {
      ...orderOf(one, day),
      answersRequest: true,
      isRepeat: isRepeat && earlier !== undefined,
    });
  });

export interface StatementsOrdered {
  readonly ids: readonly RequestedMailId[];
  /** Accounts with anything open that get none, by why: `no-address`, `suppressed`, `not-collectable`, `already`. */
  readonly skips: Readonly<Record<string, number>>;
  /** Where the next page begins; `null` after the last account. */
  readonly next: CustomerId | null;
}

/** Accounts per transaction: their locks are held while a page is laid out for each, about a second in all. */
const PAGE = 50;

/** One page of accounts. Nobody asked for these, so accounts that are not reminded automatically get none. */
export const orderStatements = (
  session: Session,
  after: CustomerId | null,
  { asOn, isRepeat }: StatementOrder,
): Promise<StatementsOrdered> =>
  act(session, 'statement send', async (context) => {
    const accounts = await accountIdsAfter(context.tx, after, PAGE);
    await holdAccounts(context.tx, accounts);
    const day = dayAsked(context, asOn);
    const earlier = await statementsOrderedOn(context.tx, { customerIds: accounts, asOn: day, orderedOn: context.today });
    const ordered = new Set(earlier.map(({ customerId }) => customerId));
    const ids: RequestedMailId[] = [];
    const skips: Record<string, number> = {};
    for (const one of await statementContents(context, accounts, day)) {
      if (one.content.statement.lineCount === 0) continue;
      const skip = whySkipped(one, ordered.has(one.account.id) && !isRepeat);
      if (skip !== null) skips[skip] = (skips[skip] ?? 0) + 1;
      else {
        const order = { ...orderOf(one, day), answersRequest: false, isRepeat: ordered.has(one.account.id) };
        ids.push(await orderMail(session, context, one, requireRecipient(one), order));
      }
    }
    return { ids, skips, next: accounts.length < PAGE ? null : (accounts.at(-1) ?? null) };
  });

function whySkipped({ account, recipient }: AccountStatement, isOrdered: boolean): string | null {
  if (isOrdered) return 'already';
  if (!account.isActive || account.collectionStatus !== 'NORMAL') return 'not-collectable';
  if (recipient.kind === 'none') return 'no-address';
  return recipient.kind === 'suppressed' ? 'suppressed' : null;
}

const orderOf = ({ content }: AccountStatement, asOn: Day) =>
  ({ kind: 'STATEMENT', asOn, documentCount: content.statement.lineCount, invoices: [] }) as const;
