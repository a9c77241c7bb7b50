/** Lifts a block before its end. One act that blocked several items is lifted as one. */
import { act } from './act.ts';
import { userIdOf } from './actor.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import type { BlockId } from '../domain/ids.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { BlockKind } from '../domain/vocabulary.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { blockById, lockStandingGroup } from '../store/sql/blocks.ts';

export interface LiftedBlock extends FactEffect {
  readonly id: BlockId;
  readonly kind: BlockKind;
  /** Blocks of the act that were lifted. */
  readonly lifted: number;
}

/** @throws OperatorError `block.unknown`, `block.ended`, `input.bad-text` */
export const liftBlock = (session: Session, { id, reason }: { readonly id: BlockId; readonly reason: string }): Promise<LiftedBlock> =>
  act(session, 'unblock', async (context) => {
    const { tx, now } = context;
    const why = readLine(reason, 'the reason', 1000);
    const block = (await blockById(tx, id)) ?? refuseUnknown(id);
    await lockAccounts(tx, [block.accountId]);
    const standing = await lockStandingGroup(tx, block.groupId);
    if (standing.length === 0) throw alreadyEnded(id);
    const { Block } = await import('../store/entities/block.entity.ts');
    const { User } = await import('../store/entities/user.entity.ts');
    const em = await tx.em();
    const userId = userIdOf(context.actor);
    const endedBy = userId === null ? null : em.getReference(User, [tx.companyId, userId]);
    for (const row of await em.find(Block, { companyId: tx.companyId, id: { $in: standing.map((each) => each.id) } })) {
      Object.assign(row, { endedAt: now, endedBy, outcome: 'LIFTED' });
    }
    await em.flush();
    context.record({ objectKind: 'block', objectId: block.groupId, fromState: block.kind, toState: 'LIFTED', reason: why });
    const invoiceIds = standing.flatMap(({ invoiceId }) => (invoiceId === null ? [] : [invoiceId]));
    return {
      id,
      kind: block.kind,
      lifted: standing.length,
      ...(await factEffect(context, block.accountId, invoiceIds.length > 0 ? invoiceIds : null)),
    };
  });

const refuseUnknown = (id: BlockId): never => {
  throw new OperatorError({
    code: 'block.unknown',
    kind: 'usage',
    message: `There is no block ${id}.`,
    tryThis: 'Look at the customer with `wafa explain` to see its blocks.',
  });
};

const alreadyEnded = (id: BlockId): OperatorError =>
  new OperatorError({
    code: 'block.ended',
    kind: 'nothing-to-do',
    message: `Block ${id} has ended already.`,
    tryThis: 'Nothing needs doing.',
  });
