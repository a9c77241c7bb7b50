/** What of a company's set-up is there, as far as the database knows: one row, whatever the ledger's size. */
import type { Instant } from '../../domain/days.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface SetupState {
  readonly hasInvoices: boolean;
  readonly hasBankAccount: boolean;
  /** Active people who may approve. */
  readonly approvers: number;
  readonly hasPlanned: boolean;
}

/** @param at Since when a bank account may be printed. */
export const setupState = (tx: CompanyTx, at: Instant): Promise<SetupState> =>
  tx.one<SetupState>(
    `select exists (select 1 from invoices where company_id = $1) as has_invoices,
            exists (select 1 from bank_accounts where company_id = $1 and effective_at <= $2 and (retired_at is null or retired_at > $2)) as has_bank_account,
            (select count(*)::int from users where company_id = $1 and is_active and 'APPROVER' = any(roles)) as approvers,
            exists (select 1 from plan_runs where company_id = $1) as has_planned`,
    [tx.companyId, at],
  );
