/**
 * Statements of account on request: of one customer's account, or of every account with anything open, page by page. Reads only, and is
 * the same whether somebody looks at it or a file is made of it.
 */
import { act, type Act } from './act.ts';
import type { Session } from './session.ts';
import { statementContents } from './statement-contents.ts';
import { unknownCustomer } from './unknown-customer.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { CustomerId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { StatementContent } from '../mail/statement/statement-content.ts';
import { accountOfCustomer } from '../store/sql/account-of-customer.ts';
import { accountIdsAfter } from '../store/sql/facts/account-rows.ts';

/**
 * The statement of the account a customer is billed through.
 * @throws OperatorError `customer.unknown`, `statement.future`
 */
export const readStatement = (session: Session, customerCode: string, asOn?: Day): Promise<StatementContent> =>
  act(
    session,
    'statement',
    async (context) => {
      const found = await accountOfCustomer(context.tx, customerCode);
      if (!found) throw unknownCustomer(customerCode);
      const [one] = await statementContents(context, [found.accountId], dayAsked(context, asOn));
      if (!one) throw unknownCustomer(customerCode);
      return one.content;
    },
    { isReadOnly: true },
  );

export interface StatementPage {
  /** Of the accounts looked at, those with anything open. */
  readonly contents: readonly StatementContent[];
  /** Where the next page begins; `null` after the last account. */
  readonly next: CustomerId | null;
}

/** Accounts read at a time: bounds memory, and no transaction waits for files to be written. */
const PAGE = 200;

/** @throws OperatorError `statement.future` */
export const readStatements = (session: Session, after: CustomerId | null, asOn?: Day): Promise<StatementPage> =>
  act(
    session,
    'statement',
    async (context) => {
      const ids = await accountIdsAfter(context.tx, after, PAGE);
      const contents = (await statementContents(context, ids, dayAsked(context, asOn))).map(({ content }) => content);
      return {
        contents: contents.filter(({ statement }) => statement.lineCount > 0),
        next: ids.length < PAGE ? null : (ids.at(-1) ?? null),
      };
    },
    { isReadOnly: true },
  );

/** Nobody knows what will be open on a coming day. */
export function dayAsked({ today }: Act, asOn: Day = today): Day {
  if (!isBefore(today, asOn)) return asOn;
  throw new OperatorError({
    code: 'statement.future',
    kind: 'usage',
    message: `A statement as of ${asOn} cannot be written: that day has not come.`,
    tryThis: `Give a day up to ${today} with --as-of, or leave it out.`,
  });
}
