import type { Day, Instant } from '../../domain/days.ts';
import type { CustomerId, UserId } from '../../domain/ids.ts';
import type { SuppressionReason } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';

export interface NewSuppression {
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly evidence: string | null;
  readonly createdBy?: UserId | null;
}

/** Nothing more goes to the address until somebody lifts it; one standing suppression per address is enough. */
export async function suppressAddress(tx: CompanyTx, suppression: NewSuppression): Promise<void> {
  await tx.query(
    `insert into suppressions (company_id, address, reason, evidence, created_by) values ($1, $2, $3, $4, $5)
     on conflict (company_id, address) where lifted_at is null do nothing`,
    [tx.companyId, suppression.address, suppression.reason, suppression.evidence, suppression.createdBy ?? null],
  );
}

/** Accounts with a contact of that address, whatever its capitals, in id order. */
export async function accountsAtAddress(tx: CompanyTx, address: string): Promise<readonly CustomerId[]> {
  const rows = await tx.query<{ accountId: CustomerId }>(
    `select distinct c.account_id from contacts k join customers c on c.company_id = $1 and c.id = k.customer_id
      where k.company_id = $1 and lower(k.address) = lower($2) order by c.account_id`,
    [tx.companyId, address],
  );
  return rows.map(({ accountId }) => accountId);
}

/** The address as given, and as contacts and suppressions have it: two spellings of one address differ in their capitals. */
export async function spellingsOf(tx: CompanyTx, address: string): Promise<readonly string[]> {
  const rows = await tx.query<{ address: string }>(
    `select address from (select $2::text as address
       union select address from contacts where company_id = $1 and lower(address) = lower($2)
       union select address from suppressions where company_id = $1 and lifted_at is null and lower(address) = lower($2)) a
      order by address`,
    [tx.companyId, address],
  );
  return rows.map((row) => row.address);
}

export const standingSuppression = (
  tx: CompanyTx,
  addresses: readonly string[],
): Promise<{ readonly id: number; readonly reason: SuppressionReason } | undefined> =>
  tx.maybeOne(
    'select id, reason from suppressions where company_id = $1 and address = any($2::text[]) and lifted_at is null order by id limit 1',
    [tx.companyId, addresses],
  );

export async function insertSuppression(tx: CompanyTx, suppression: NewSuppression & { readonly expiresOn: Day | null }): Promise<number> {
  const { id } = await tx.one<{ id: number }>(
    'insert into suppressions (company_id, address, reason, evidence, expires_on, created_by) values ($1, $2, $3, $4, $5, $6) returning id',
    [tx.companyId, suppression.address, suppression.reason, suppression.evidence, suppression.expiresOn, suppression.createdBy ?? null],
  );
  return id;
}

/** Lifted, not deleted. */
export async function liftSuppression(
  tx: CompanyTx,
  addresses: readonly string[],
  { at, by }: { readonly at: Instant; readonly by: UserId | null },
): Promise<void> {
  await tx.query(
    `update suppressions set lifted_at = $3, lifted_by = $4::bigint where company_id = $1 and address = any($2::text[]) and lifted_at is null`,
    [tx.companyId, addresses, at, by],
  );
}

/**
 * Accounts that owe something and have an address mail came back from, and none that is good: somebody has to ask them for a new one. Set out
 * from the suppressions, of which there are few.
 */
export async function accountsWithoutAddress(tx: CompanyTx, owner: UserId | null = null): Promise<number> {
  const { accounts } = await tx.one<{ readonly accounts: number }>(
    `select count(distinct c.account_id) as accounts
       from suppressions s
       join contacts k on k.company_id = $1 and lower(k.address) = lower(s.address)
       join customers c on c.company_id = $1 and c.id = k.customer_id
      where s.company_id = $1 and s.lifted_at is null and s.reason = 'HARD_BOUNCE'
        and exists (select from invoices i join customers b on b.company_id = $1 and b.id = i.customer_id
                     where i.company_id = $1 and b.account_id = c.account_id and i.open_minor > 0)
        and not exists (select from contacts o
                         where o.company_id = $1 and o.customer_id = c.account_id and o.address is not null
                           and not exists (select from suppressions t
                                            where t.company_id = $1 and t.lifted_at is null and lower(t.address) = lower(o.address)))
        and ($2::bigint is null or c.account_id in (select o.id from customers o where o.company_id = $1 and o.owner_user_id = $2))`,
    [tx.companyId, owner],
  );
  return accounts;
}
