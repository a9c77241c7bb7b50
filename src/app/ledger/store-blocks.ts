/** Stores blocks: one act over several items is one group, led by its first block. */
import type { Act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import type { Day } from '../../domain/days.ts';
import type { BlockId, CustomerId, InvoiceId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import { assert } from '../../domain/operator-error.ts';
import type { BlockKind } from '../../domain/vocabulary.ts';

export interface BlockedItem {
  /** The invoice's own customer; for a whole account, the account. */
  readonly customerId: CustomerId;
  /** `null`: the whole account. */
  readonly invoiceId: InvoiceId | null;
  /** `null`: all of the item. */
  readonly amountMinor: bigint | null;
}

export interface NewBlocks {
  readonly kind: BlockKind;
  readonly items: readonly BlockedItem[];
  readonly reason: string;
  readonly reference: string | null;
  readonly promisedOn: Day | null;
  /** Last day the blocks hold, grace included; `null`: until lifted. */
  readonly untilOn: Day | null;
  readonly cheque: {
    readonly number: string;
    readonly bank: string | null;
    /** `null`: nobody said. */
    readonly worth?: Money | null;
  } | null;
}

/** Under the account lock. @returns the id that stands for the whole group. */
export async function storeBlocks(context: Act, blocks: NewBlocks): Promise<BlockId> {
  const { tx, today } = context;
  const { Block } = await import('../../store/entities/block.entity.ts');
  const { Customer, Invoice } = await import('../../store/entities/customer.entity.ts');
  const { User } = await import('../../store/entities/user.entity.ts');
  const em = await tx.em();
  const { companyId } = tx;
  const userId = userIdOf(context.actor);
  let group: InstanceType<typeof Block> | null = null;
  for (const item of blocks.items) {
    const block: InstanceType<typeof Block> = em.create(Block, {
      companyId,
      kind: blocks.kind,
      customer: em.getReference(Customer, [companyId, item.customerId]),
      invoice: item.invoiceId === null ? null : em.getReference(Invoice, [companyId, item.invoiceId]),
      group,
      amountMinor: item.amountMinor,
      reason: blocks.reason,
      reference: blocks.reference,
      startedOn: today,
      promisedOn: blocks.promisedOn,
      untilOn: blocks.untilOn,
      chequeNumber: blocks.cheque?.number ?? null,
      chequeBank: blocks.cheque?.bank ?? null,
      chequeAmountMinor: group === null ? (blocks.cheque?.worth?.minor ?? null) : null,
      chequeCurrency: group === null ? (blocks.cheque?.worth?.currency ?? null) : null,
      recordedBy: userId === null ? null : em.getReference(User, [companyId, userId]),
    });
    // The first one's id is what the others refer to.
    if (group === null) await em.flush();
    group ??= block;
  }
  await em.flush();
  assert(group, 'an act blocks at least one item');
  context.record({
    objectKind: 'block',
    objectId: group.id,
    toState: blocks.kind,
    detail: {
      invoiceIds: blocks.items.flatMap(({ invoiceId }) => (invoiceId === null ? [] : [invoiceId])),
      untilOn: blocks.untilOn,
      promisedOn: blocks.promisedOn,
    },
  });
  return group.id;
}
