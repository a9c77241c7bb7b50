/** Sets balances and settlement days of documents anew from their allocations, after facts about them were recorded. */
import type { InvoiceId } from '../../domain/ids.ts';
import { assert } from '../../domain/operator-error.ts';
import { settlementOf } from '../../domain/settlement.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { allocatedDocuments, storeSettlements } from '../../store/sql/invoices.ts';

const CHUNK_DOCUMENTS = 5_000;

/** Under the account lock. Whoever recorded the allocations has made sure that they fit. */
export async function settleDocuments(tx: CompanyTx, ids: readonly InvoiceId[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK_DOCUMENTS) {
    const documents = await allocatedDocuments(tx, ids.slice(start, start + CHUNK_DOCUMENTS));
    await storeSettlements(
      tx,
      documents.map((document) => {
        const settlement = settlementOf(document);
        assert(settlement.kind === 'settled-by', `document ${document.id} was over-allocated`);
        return { id: document.id, openMinor: settlement.openMinor, settledOn: settlement.settledOn };
      }),
    );
  }
}
