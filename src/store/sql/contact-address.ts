import type { CompanyTx } from '../connection/with-company.ts';

/** Whether any customer of the company is, or was, written to at the address; letter case aside. */
export async function isContactAddress(tx: CompanyTx, address: string): Promise<boolean> {
  const row = await tx.maybeOne<{ readonly id: number }>(
    'select id from contacts where company_id = $1 and lower(address) = lower($2) limit 1',
    [tx.companyId, address],
  );
  return row !== undefined;
}
