import type { Day, Instant } from '../../domain/days.ts';
import type { BlockId, CustomerId, InvoiceId } from '../../domain/ids.ts';
import type { BlockKind, BlockOutcome } from '../../domain/vocabulary.ts';
import type { CompanyTx } from '../connection/with-company.ts';
import { bulkInsert } from './bulk-insert.ts';

export interface BlockInQuestion {
  readonly id: BlockId;
  readonly kind: BlockKind;
  readonly accountId: CustomerId;
  /** The first block of the act it belongs to; itself when it stands alone. */
  readonly groupId: BlockId;
  readonly outcome: BlockOutcome | null;
}

export const blockById = (tx: CompanyTx, id: BlockId): Promise<BlockInQuestion | undefined> =>
  tx.maybeOne<BlockInQuestion>(
    `select b.id, b.kind, c.account_id, coalesce(b.group_id, b.id) as group_id, b.outcome
       from blocks b join customers c on c.company_id = $1 and c.id = b.customer_id
      where b.company_id = $1 and b.id = $2`,
    [tx.companyId, id],
  );

export interface StandingBlock {
  readonly id: BlockId;
  readonly invoiceId: InvoiceId | null;
}

/** The blocks of one act that still stand, locked under the account lock. */
export const lockStandingGroup = (tx: CompanyTx, groupId: BlockId): Promise<readonly StandingBlock[]> =>
  tx.query<StandingBlock>(
    `select id, invoice_id from blocks
      where company_id = $1 and (id = $2 or group_id = $2) and ended_at is null order by id for no key update`,
    [tx.companyId, groupId],
  );

export interface StandingItem {
  readonly id: BlockId;
  readonly groupId: BlockId;
  readonly invoiceId: InvoiceId | null;
  readonly amountMinor: bigint | null;
}

/** Standing blocks of one kind of an account, those of one named day or of one reference; read under the account lock. */
export const standingItems = (
  tx: CompanyTx,
  wanted: { readonly kind: BlockKind; readonly accountId: CustomerId; readonly promisedOn?: Day; readonly reference?: string },
): Promise<readonly StandingItem[]> =>
  tx.query<StandingItem>(
    `select b.id, coalesce(b.group_id, b.id) as group_id, b.invoice_id, b.amount_minor
       from customers c join blocks b on b.company_id = $1 and b.customer_id = c.id
      where c.company_id = $1 and c.account_id = $2 and b.kind = $3 and b.ended_at is null
        and ($4::date is null or b.promised_on = $4) and ($5::text is null or b.reference = $5)
      order by b.id`,
    [tx.companyId, wanted.accountId, wanted.kind, wanted.promisedOn ?? null, wanted.reference ?? null],
  );

/** How many promises of an account were broken; one promise over several invoices counts once. */
export async function countBrokenPromises(tx: CompanyTx, accountId: CustomerId): Promise<number> {
  const { broken } = await tx.one<{ broken: number }>(
    `select count(distinct coalesce(b.group_id, b.id)) as broken
       from blocks b join customers c on c.company_id = $1 and c.id = b.customer_id
      where b.company_id = $1 and c.account_id = $2 and b.kind = 'PROMISE' and b.outcome = 'BROKEN'`,
    [tx.companyId, accountId],
  );
  return broken;
}

export interface NewBlockRow {
  readonly customerId: CustomerId;
  readonly invoiceId: InvoiceId | null;
  readonly kind: BlockKind;
  readonly amountMinor: bigint | null;
  readonly reason: string;
  readonly reference: string | null;
  readonly startedOn: Day;
  readonly promisedOn: Day | null;
  readonly untilOn: Day | null;
  readonly chequeNumber: string | null;
  readonly chequeBank: string | null;
  readonly importBatchId: number;
  readonly endedAt: Instant | null;
  readonly outcome: BlockOutcome | null;
}

/** Inserts the blocks a ledger comes with. Blocks people record go through the entity. */
export async function insertBlocks(tx: CompanyTx, blocks: readonly NewBlockRow[]): Promise<void> {
  await bulkInsert(tx, {
    table: 'blocks',
    columns: [
      'customer_id',
      'invoice_id',
      'kind',
      'amount_minor',
      'reason',
      'reference',
      'started_on',
      'promised_on',
      'until_on',
      'cheque_number',
      'cheque_bank',
      'import_batch_id',
      'ended_at',
      'outcome',
    ],
    rows: blocks.map((block) => [
      block.customerId,
      block.invoiceId,
      block.kind,
      block.amountMinor,
      block.reason,
      block.reference,
      block.startedOn,
      block.promisedOn,
      block.untilOn,
      block.chequeNumber,
      block.chequeBank,
      block.importBatchId,
      block.endedAt,
      block.outcome,
    ]),
  });
}
