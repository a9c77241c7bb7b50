/**
 * Statements of account on request: of one customer's account, or of every account with anything open, page by page. Reads only, and is
 * the same whether somebody looks at it or a file is made of it.
 */
import { act, type Act } from './act.ts';
import { senderIdentity } from './sender-identity.ts';
import type { Session } from './session.ts';
import { unknownCustomer } from './unknown-customer.ts';
import { isBefore, type Day } from '../domain/days.ts';
import type { CustomerId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { chooseRecipient, languageFor } from '../domain/recipient.ts';
import { statementOf } from '../domain/statement.ts';
import type { StatementContent } from '../mail/statement/statement-content.ts';
import { loadOpenItems } from '../store/load-open-items.ts';
import { accountOfCustomer } from '../store/sql/account-of-customer.ts';
import { bankAccountsInForce } from '../store/sql/bank-accounts.ts';
import { accountIdsAfter, accountRows } from '../store/sql/facts/account-rows.ts';
import { recipients } from '../store/sql/facts/recipients.ts';

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
      const [content] = await contentsOf(context, [found.accountId], dayAsked(context, asOn));
      if (!content) throw unknownCustomer(customerCode);
      return content;
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
      const contents = await contentsOf(context, ids, dayAsked(context, asOn));
      return {
        contents: contents.filter(({ statement }) => statement.lineCount > 0),
        next: ids.length < PAGE ? null : (ids.at(-1) ?? null),
      };
    },
    { isReadOnly: true },
  );

async function contentsOf(context: Act, ids: readonly CustomerId[], asOn: Day): Promise<readonly StatementContent[]> {
  const { tx, company, policy } = context;
  const items = await loadOpenItems(tx, ids, asOn);
  const people = Map.groupBy(await recipients(tx, ids, asOn, company.timeZone), ({ accountId }) => accountId);
  const sender = senderIdentity(company, await bankAccountsInForce(tx, context.now));
  return (await accountRows(tx, ids)).map((account) => {
    // Whoever gets the gentlest letter is who a statement is for.
    const choice = chooseRecipient(people.get(account.id) ?? [], 'POLITE');
    const { code, name, nameAr, trn } = account;
    return {
      company: sender,
      customer: { code, name, nameAr, trn },
      language: languageFor(account, choice.kind === 'chosen' ? choice.recipient : null, policy),
      statement: statementOf(items.get(account.id) ?? [], asOn),
    };
  });
}

/** Nobody knows what will be open on a coming day. */
function dayAsked({ today }: Act, asOn: Day = today): Day {
  if (!isBefore(today, asOn)) return asOn;
  throw new OperatorError({
    code: 'statement.future',
    kind: 'usage',
    message: `A statement as of ${asOn} cannot be written: that day has not come.`,
    tryThis: `Give a day up to ${today} with --as-of, or leave it out.`,
  });
}
