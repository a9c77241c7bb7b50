import type { RunId } from '../../../domain/ids.ts';
import type { DeliveryStatus } from '../../../domain/vocabulary.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** How the reminders of a run stand now. */
export async function statusesOfRun(tx: CompanyTx, runId: RunId): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ readonly deliveryStatus: DeliveryStatus; readonly reminders: number }>(
    `select delivery_status, count(*) as reminders from customer_consolidated_reminders
      where company_id = $1 and run_id = $2 group by delivery_status order by delivery_status`,
    [tx.companyId, runId],
  );
  return Object.fromEntries(rows.map((row) => [row.deliveryStatus, row.reminders]));
}
