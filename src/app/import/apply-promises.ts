/**
 * Takes the days on which a ledger expects its invoices paid as promises. One that is known already, even one that somebody lifted,
 * is not recorded again; while another promise stands for the invoice, what people agreed goes before what the ledger expects.
 */
import type { Act } from '../act.ts';
import { applyLedgerBlocks } from './apply-ledger-blocks.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { BlockRecord } from '../../intake/ledger-records.ts';
import { customerIdsByCode } from '../../store/sql/customers.ts';
import { promisesOfInvoices } from '../../store/sql/import-promises.ts';

/** @returns the accounts that have new promises. */
export async function applyPromises(
  context: Act,
  promises: readonly BlockRecord[],
  batchId: () => Promise<number>,
): Promise<readonly CustomerId[]> {
  const added = await unknownOf(context, promises);
  if (added.length === 0) return [];
  await applyLedgerBlocks(context, added, await batchId());
  const customers = await customerIdsByCode(context.tx, [...new Set(added.map(({ customerCode }) => customerCode))]);
  return customers.map(({ accountId }) => accountId);
}

async function unknownOf({ tx }: Act, promises: readonly BlockRecord[]): Promise<readonly BlockRecord[]> {
  if (promises.length === 0) return [];
  const numbers = promises.flatMap(({ invoiceNumber }) => invoiceNumber ?? []);
  const known = await promisesOfInvoices(tx, numbers);
  const standing = new Set(known.filter(({ isStanding }) => isStanding).map(({ number }) => number));
  const said = new Set(known.map(({ number, promisedOn }) => `${number} ${promisedOn?.toString() ?? ''}`));
  return promises.filter(
    ({ invoiceNumber, promisedOn }) =>
      !standing.has(invoiceNumber ?? '') && !said.has(`${invoiceNumber ?? ''} ${promisedOn?.toString() ?? ''}`),
  );
}
