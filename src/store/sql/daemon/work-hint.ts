import type { CompanyTx } from '../../connection/with-company.ts';
import { WORK_CHANNEL } from '../../connection/listen.ts';

/** Wakes daemons when the transaction commits. Says nothing about whom or what: everybody on the server can listen. */
export async function hintAtWork(tx: CompanyTx): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [WORK_CHANNEL, '']);
}
