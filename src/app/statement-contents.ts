/** What statements of accounts say as of a day, and to whom they would go: read once, for files, for lists and for mails on request. */
import type { Act } from './act.ts';
import { senderIdentity } from './sender-identity.ts';
import type { OpenItem } from '../domain/account-facts.ts';
import type { Day } from '../domain/days.ts';
import type { CustomerId } from '../domain/ids.ts';
import { chooseRecipient, languageFor, type RecipientChoice } from '../domain/recipient.ts';
import { statementOf } from '../domain/statement.ts';
import type { StatementContent } from '../mail/statement/statement-content.ts';
import { loadOpenItems } from '../store/load-open-items.ts';
import { bankAccountsInForce } from '../store/sql/bank-accounts.ts';
import { accountRows, type AccountRow } from '../store/sql/facts/account-rows.ts';
import { standingBlocks } from '../store/sql/facts/standing-blocks.ts';
import { recipients } from '../store/sql/facts/recipients.ts';

export interface AccountStatement {
  readonly account: AccountRow;
  readonly recipient: RecipientChoice;
  readonly content: StatementContent;
  /** What the statement was made of. */
  readonly items: readonly OpenItem[];
}

/** In id order; whom it would go to is asked as of today, whatever day it speaks of. */
export async function statementContents(context: Act, ids: readonly CustomerId[], asOn: Day): Promise<readonly AccountStatement[]> {
  const { tx, company, policy, today } = context;
  const items = await loadOpenItems(tx, ids, asOn);
  const blocks = Map.groupBy(await standingBlocks(tx, ids, asOn), ({ accountId }) => accountId);
  const people = Map.groupBy(await recipients(tx, ids, today, company.timeZone), ({ accountId }) => accountId);
  const sender = senderIdentity(company, await bankAccountsInForce(tx, context.now));
  return (await accountRows(tx, ids)).map((account) => {
    // Whoever gets the gentlest letter is who a statement is for.
    const recipient = chooseRecipient(people.get(account.id) ?? [], 'POLITE');
    const { code, name, nameAr, trn } = account;
    const own = items.get(account.id) ?? [];
    return {
      account,
      recipient,
      items: own,
      content: {
        company: sender,
        customer: { code, name, nameAr, trn },
        language: languageFor(account, recipient.kind === 'chosen' ? recipient.recipient : null, policy),
        statement: statementOf(own, asOn, blocks.get(account.id)),
      },
    };
  });
}
