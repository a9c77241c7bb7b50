/** Takes a credit note back: it was recorded by mistake. What it was set against is open again, and nothing of it counts any more. */
import { act } from './act.ts';
import { userIdOf } from './actor.ts';
import { settleDocuments } from './import/settle-documents.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { takeBack } from './ledger/take-back.ts';
import { readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import type { InvoiceId } from '../domain/ids.ts';
import { decimalText, type Currency } from '../domain/money.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { safeText } from '../domain/safe-text.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { allocationsOf, insertAllocations, UNDONE } from '../store/sql/allocations.ts';
import { documentsByNumber, isUndone, lockDocuments, type DocumentRow } from '../store/sql/invoices.ts';

export interface UndoneCreditNote extends FactEffect {
  readonly id: InvoiceId;
  readonly number: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly reopened: readonly string[];
}

/** @throws OperatorError `credit.unknown|undone`, `input.bad-text` */
export const undoCreditNote = (
  session: Session,
  { number, reason: why }: { readonly number: string; readonly reason: string },
): Promise<UndoneCreditNote> =>
  act(session, 'credit undo', async (context) => {
    const { tx } = context;
    const reason = readLine(why, 'the reason', 1000);
    const [found] = await documentsByNumber(tx, 'CREDIT_NOTE', [number.trim()]);
    if (!found) throw fault('unknown', `There is no credit note ${quoted(number)}.`, 'Give the number as it was recorded.');
    await lockAccounts(tx, [found.accountId]);
    if (await isUndone(tx, found.id)) throw fault('undone', `Credit note ${quoted(number)} is taken back already.`, 'Nothing needs doing.');
    const allocations = await allocationsOf(tx, { creditNoteId: found.id });
    await takeBack(context, allocations, reason);
    const [credit = found] = await lockDocuments(tx, [found.id]);
    await closeWhole(context, credit, reason);
    const { id, currency, totalMinor } = credit;
    const detail = { amount: decimalText(totalMinor, currency), currency, invoiceIds: allocations.map(({ invoiceId }) => invoiceId) };
    context.record({ objectKind: 'invoice', objectId: id, fromState: 'CREDIT_NOTE', toState: 'UNDONE', reason, detail });
    const effect = await factEffect(context, credit.accountId, null);
    return { id, number: credit.number, currency, amountMinor: totalMinor, reopened: allocations.map((one) => one.number), ...effect };
  });

/** Whatever is open of it once its applications are gone, which is all but what a ledger adjusted, is closed as of today. */
async function closeWhole({ tx, today, actor }: Parameters<typeof takeBack>[0], credit: DocumentRow, reason: string): Promise<void> {
  await settleDocuments(tx, [credit.id]);
  const [{ openMinor } = credit] = await lockDocuments(tx, [credit.id]);
  if (openMinor === 0n) return;
  await insertAllocations(tx, [
    {
      kind: 'ADJUSTMENT',
      invoiceId: credit.id,
      paymentId: null,
      creditNoteId: null,
      amountMinor: openMinor,
      effectiveOn: today,
      reason,
      reference: UNDONE,
      importBatchId: null,
      recordedBy: userIdOf(actor),
    },
  ]);
  await settleDocuments(tx, [credit.id]);
}

const fault = (what: 'unknown' | 'undone', message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `credit.${what}`, kind: what === 'undone' ? 'nothing-to-do' : 'usage', message, tryThis });

const quoted = (text: string): string => safeText(text.trim().slice(0, 60)) || '""';
