import type { CompanyTx } from '../connection/with-company.ts';

/** Does work inside a transaction that is taken back alone when it fails, while the transaction goes on. Not to be nested. */
export async function inSavepoint<Result>(tx: CompanyTx, work: () => Promise<Result>): Promise<Result> {
  await tx.query('savepoint wafa_row');
  try {
    const result = await work();
    await tx.query('release savepoint wafa_row');
    return result;
  } catch (error) {
    await tx.query('rollback to savepoint wafa_row');
    throw error;
  }
}
