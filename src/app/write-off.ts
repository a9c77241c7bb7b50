/** Gives up money that will not come: a rest too small to chase, or a debt that is lost. A decision, so it takes an APPROVER. */
import { act, type Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { settleDocuments } from './import/settle-documents.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findInvoice } from './ledger/find-records.ts';
import { takeBack } from './ledger/take-back.ts';
import { readAmount, readIdentifier, readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { decimalText, moneyText, type Currency } from '../domain/money.ts';
import { assert, OperatorError } from '../domain/operator-error.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { insertAllocations, writeOffById, writeOffsOf, type StandingAllocation } from '../store/sql/allocations.ts';
import { lockDocuments, type DocumentRow } from '../store/sql/invoices.ts';

export interface WriteOffRequest {
  readonly invoice: string;
  /** Decimal text; all that is open when left out. */
  readonly amount?: string | undefined;
  readonly reason: string;
  /** Said again, it is the same write-off. */
  readonly reference?: string | undefined;
}

export interface WriteOff extends FactEffect {
  readonly id: number;
  readonly invoice: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  /** What is still open of the invoice. */
  readonly openMinor: bigint;
}

/** @throws OperatorError `invoice.unknown`, `write-off.*`, `money.bad-amount`, `input.*` */
export const writeOff = (session: Session, request: WriteOffRequest): Promise<WriteOff> =>
  act(session, 'write-off', async (context) => {
    const { tx } = context;
    const reason = readLine(request.reason, 'the reason', 1000);
    const reference = request.reference === undefined ? null : readIdentifier(request.reference, 'the reference', 140);
    const found = await findInvoice(tx, request.invoice);
    await lockAccounts(tx, [found.accountId]);
    const [invoice = found] = await lockDocuments(tx, [found.id]);
    if (reference !== null) refuseRepeated(await writeOffsOf(tx, invoice.id), reference, invoice);
    const amountMinor = amountOf(request, invoice);
    await insertAllocations(tx, [
      {
        kind: 'WRITE_OFF',
        invoiceId: invoice.id,
        paymentId: null,
        creditNoteId: null,
        amountMinor,
        effectiveOn: context.today,
        reason,
        reference,
        importBatchId: null,
        recordedBy: userIdOf(context.actor),
      },
    ]);
    await settleDocuments(tx, [invoice.id]);
    const stored = (await writeOffsOf(tx, invoice.id)).at(-1);
    assert(stored, 'a stored write-off is found again');
    return await recorded(context, stored, invoice, { toState: 'WRITE_OFF', reason, openMinor: invoice.openMinor - amountMinor });
  });

/** @throws OperatorError `write-off.unknown|undone`, `input.bad-text` */
export const undoWriteOff = (session: Session, { id, reason: why }: { readonly id: number; readonly reason: string }): Promise<WriteOff> =>
  act(session, 'write-off undo', async (context) => {
    const { tx } = context;
    const reason = readLine(why, 'the reason', 1000);
    const found = await writeOffById(tx, id);
    if (!found) throw fault('unknown', `There is no write-off ${id}.`, 'Look at the customer with `wafa customer show` to see its number.');
    await lockAccounts(tx, [found.accountId]);
    const writeOffs = await writeOffsOf(tx, found.invoiceId);
    const standing = writeOffs.find((one) => one.id === id && !one.isReversed);
    if (!standing) throw fault('undone', `Write-off ${id} is taken back already.`, 'Nothing needs doing.', 'nothing-to-do');
    await takeBack(context, [standing], reason);
    const [invoice] = await lockDocuments(tx, [found.invoiceId]);
    assert(invoice, 'a write-off has its invoice');
    return await recorded(context, standing, invoice, { toState: 'WRITE_OFF_UNDONE', reason, openMinor: invoice.openMinor });
  });

async function recorded(
  context: Act,
  { id, amountMinor }: StandingAllocation,
  invoice: DocumentRow,
  { toState, reason, openMinor }: { readonly toState: string; readonly reason: string; readonly openMinor: bigint },
): Promise<WriteOff> {
  const { currency, number } = invoice;
  const detail = { writeOff: id, amount: decimalText(amountMinor, currency), currency };
  context.record({ objectKind: 'invoice', objectId: invoice.id, toState, reason, detail });
  return { id, invoice: number, currency, amountMinor, openMinor, ...(await factEffect(context, invoice.accountId, [invoice.id])) };
}

function refuseRepeated(writeOffs: readonly StandingAllocation[], reference: string, { number }: DocumentRow): void {
  const same = writeOffs.find((one) => one.reference === reference && !one.isReversed);
  if (same)
    throw fault(
      'exists',
      `Write-off ${reference} of invoice ${number} is recorded already, as number ${same.id}.`,
      'Nothing needs doing.',
      'nothing-to-do',
    );
}

function amountOf({ amount }: WriteOffRequest, { number, openMinor, currency }: DocumentRow): bigint {
  if (openMinor === 0n) throw fault('settled', `Invoice ${number} has nothing open.`, 'Nothing needs doing.', 'nothing-to-do');
  const amountMinor = amount === undefined ? openMinor : readAmount(amount, currency);
  if (amountMinor <= openMinor) return amountMinor;
  throw fault('over-balance', `Invoice ${number} has only ${moneyText({ minor: openMinor, currency })} open.`, 'Write off at most that.');
}

const fault = (what: string, message: string, tryThis: string, kind: 'usage' | 'nothing-to-do' = 'usage'): OperatorError =>
  new OperatorError({ code: `write-off.${what}`, kind, message, tryThis });
