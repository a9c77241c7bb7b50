import type { Instant } from '../../domain/days.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface BankAccountRow {
  readonly bankName: string;
  readonly bankNameAr: string | null;
  readonly accountName: string;
  readonly iban: string;
  readonly swift: string | null;
  readonly currency: string;
}

/** Accounts that may be printed in mails: approved by a second person, waited for, and not retired. */
export const bankAccountsInForce = (tx: CompanyTx, at: Instant): Promise<readonly BankAccountRow[]> =>
  tx.query<BankAccountRow>(
    `select bank_name, bank_name_ar, account_name, iban, swift, currency from bank_accounts
      where company_id = $1 and effective_at <= $2 and (retired_at is null or retired_at > $2)
      order by currency, id`,
    [tx.companyId, at],
  );
