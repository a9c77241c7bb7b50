/**
 * Takes back what was set against documents. Nothing is deleted: each allocation gets its opposite, dated today, so that balances of the
 * days between stay what people saw on them. Promises that counted as kept by it stand again while their day has not come.
 */
import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { settleDocuments } from '../import/settle-documents.ts';
import type { InvoiceId } from '../../domain/ids.ts';
import { insertReversals, type StandingAllocation } from '../../store/sql/allocations.ts';
import { reopenBlocks } from '../../store/sql/settle-blocks.ts';

/** Under the account lock. @returns the invoices that are open again, or more open than before. */
export async function takeBack(context: Act, allocations: readonly StandingAllocation[], reason: string): Promise<readonly InvoiceId[]> {
  const { tx, today } = context;
  const invoiceIds = [...new Set(allocations.map(({ invoiceId }) => invoiceId))];
  await insertReversals(
    tx,
    allocations.map(({ id }) => id),
    { effectiveOn: today, reason, recordedBy: userIdOf(context.actor) },
  );
  await settleDocuments(tx, invoiceIds);
  for (const { id, kind } of await reopenBlocks(tx, invoiceIds, today)) {
    context.record({ objectKind: 'block', objectId: id, toState: kind, reason: 'stands again: what settled it was taken back' });
  }
  return invoiceIds;
}
