import type { ReminderId } from '../../../domain/ids.ts';
import type { CompanyTx } from '../../connection/with-company.ts';

/** A person gave the reminder its level or its items: the planner leaves it as it is. */
export async function markShaped(tx: CompanyTx, id: ReminderId): Promise<void> {
  await tx.query('update customer_consolidated_reminders set is_shaped = true where company_id = $1 and id = $2', [tx.companyId, id]);
}
