import type { Instant } from '../../domain/days.ts';
import type { BankAccountId, UserId } from '../../domain/ids.ts';
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

export interface BankAccountRecord extends BankAccountRow {
  readonly id: BankAccountId;
  readonly replacesId: BankAccountId | null;
  readonly requestedBy: UserId | null;
  readonly requestedByName: string | null;
  readonly approvedBy: UserId | null;
  readonly approvedByName: string | null;
  readonly effectiveAt: Instant | null;
  readonly retiredAt: Instant | null;
  readonly createdAt: Instant;
}

/** Every account there is or was, oldest first. */
export const allBankAccounts = (tx: CompanyTx): Promise<readonly BankAccountRecord[]> =>
  tx.query<BankAccountRecord>(
    `select b.id, b.bank_name, b.bank_name_ar, b.account_name, b.iban, b.swift, b.currency, b.replaces_id, b.requested_by,
            r.display_name as requested_by_name, b.approved_by, a.display_name as approved_by_name, b.effective_at, b.retired_at, b.created_at
       from bank_accounts b
       left join users r on r.company_id = b.company_id and r.id = b.requested_by
       left join users a on a.company_id = b.company_id and a.id = b.approved_by
      where b.company_id = $1
      order by b.id`,
    [tx.companyId],
  );

export type ProposedBankAccount = BankAccountRow & { readonly replacesId: BankAccountId | null; readonly requestedBy: UserId | null };

/** Stores a proposal: it is printed nowhere until somebody confirms it and the waiting time is over. */
export async function insertBankAccount(tx: CompanyTx, account: ProposedBankAccount): Promise<BankAccountId> {
  const { id } = await tx.one<{ readonly id: BankAccountId }>(
    `insert into bank_accounts (company_id, bank_name, bank_name_ar, account_name, iban, swift, currency, replaces_id, requested_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      tx.companyId,
      account.bankName,
      account.bankNameAr,
      account.accountName,
      account.iban,
      account.swift,
      account.currency,
      account.replacesId,
      account.requestedBy,
    ],
  );
  return id;
}

/** Confirms a proposal: printed from the instant on, and the account it replaces up to it. */
export async function confirmBankAccount(
  tx: CompanyTx,
  { id, replacesId }: Pick<BankAccountRecord, 'id' | 'replacesId'>,
  { approvedBy, effectiveAt }: { readonly approvedBy: UserId | null; readonly effectiveAt: Instant },
): Promise<void> {
  await tx.query('update bank_accounts set approved_by = $3, effective_at = $4 where company_id = $1 and id = $2', [
    tx.companyId,
    id,
    approvedBy,
    effectiveAt,
  ]);
  if (replacesId !== null) await retireBankAccount(tx, replacesId, effectiveAt);
}

/** Ends the printing of an account, or, with `null`, lets it go on. */
export async function retireBankAccount(tx: CompanyTx, id: BankAccountId, at: Instant | null): Promise<void> {
  await tx.query('update bank_accounts set retired_at = $3 where company_id = $1 and id = $2', [tx.companyId, id, at]);
}
