/** Logs what was said to a customer outside of mail. It counts for the contact interval only when the operator says so. */
import { act } from './act.ts';
import { userIdOf } from './actor.ts';
import { endedNow } from './ledger/ended-now.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer } from './ledger/find-records.ts';
import { readIdentifier, readLine, readOptionalLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { isBefore, type Day } from '../domain/days.ts';
import { OperatorError } from '../domain/operator-error.ts';
import type { ContactKind } from '../domain/vocabulary.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { contactById, contactByReference, insertContact, strikeContact } from '../store/sql/contact-log.ts';

export interface ContactRequest {
  readonly customerCode: string;
  readonly kind: Exclude<ContactKind, 'REPLY'>;
  readonly result?: string | undefined;
  readonly note?: string | undefined;
  /** Today when left out. */
  readonly happenedOn?: Day | undefined;
  /** Whether the next reminder waits as after a mail. */
  readonly counts?: boolean | undefined;
  readonly reference?: string | undefined;
}

export interface LoggedContact extends FactEffect {
  readonly id: number;
  readonly customerCode: string;
  readonly kind: ContactKind;
  readonly happenedOn: Day;
  readonly counts: boolean;
}

/** @throws OperatorError `customer.unknown`, `contact.*`, `input.bad-text` */
export const recordContact = (session: Session, request: ContactRequest): Promise<LoggedContact> =>
  act(session, 'contact', async (context) => {
    const { tx, today } = context;
    const { kind, counts = false, happenedOn = today } = request;
    if (isBefore(today, happenedOn))
      throw fault(
        'in-future',
        `A contact cannot have been on ${happenedOn.toString()}: today is ${today.toString()}.`,
        'Log it on its day.',
      );
    if (kind === 'NOTE' && counts)
      throw fault('note-counts', 'A note is no contact, so it cannot count as one.', 'Say what it was: call, visit, whatsapp or letter.');
    const result = readOptionalLine(request.result, 'the result', 1000);
    const note = readOptionalLine(request.note, 'the note', 1000);
    if (result === null && note === null) throw fault('empty', 'Nothing is said about the contact.', 'Say what came of it with --result.');
    const reference = request.reference === undefined ? null : readIdentifier(request.reference, 'the reference', 140);
    const customer = await findCustomer(tx, request.customerCode);
    await lockAccounts(tx, [customer.accountId]);
    const same = reference === null ? undefined : await contactByReference(tx, customer.accountId, reference);
    if (same)
      throw fault(
        'exists',
        `Contact ${reference ?? ''} with ${customer.code} is logged already, as number ${same.id}.`,
        'Nothing needs doing.',
      );
    const contact = {
      accountId: customer.accountId,
      kind,
      happenedOn,
      isContact: counts,
      result,
      note,
      reference,
      recordedBy: userIdOf(context.actor),
    };
    const id = await insertContact(tx, contact);
    context.record({ objectKind: 'customer', objectId: customer.accountId, toState: kind, detail: { contact: id, happenedOn, counts } });
    return { id, customerCode: customer.accountCode, kind, happenedOn, counts, ...(await factEffect(context, customer.accountId, null)) };
  });

/** Strikes a logged contact out. @throws OperatorError `contact.unknown|undone`, `input.bad-text` */
export const undoContact = (
  session: Session,
  { id, reason: why }: { readonly id: number; readonly reason: string },
): Promise<LoggedContact> =>
  act(session, 'contact undo', async (context) => {
    const { tx } = context;
    const reason = readLine(why, 'the reason', 1000);
    const found = await contactById(tx, id);
    if (!found) throw fault('unknown', `There is no contact ${id}.`, 'Look at the customer with `wafa customer show` to see its number.');
    await lockAccounts(tx, [found.accountId]);
    if (!(await strikeContact(tx, id, endedNow(context))))
      throw fault('undone', `Contact ${id} is struck out already.`, 'Nothing needs doing.');
    context.record({
      objectKind: 'customer',
      objectId: found.accountId,
      fromState: found.kind,
      toState: 'UNDONE',
      reason,
      detail: { contact: id },
    });
    const { kind, happenedOn, isContact: counts, customerCode } = found;
    return { id, customerCode, kind, happenedOn, counts, ...(await factEffect(context, found.accountId, null)) };
  });

const fault = (what: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({
    code: `contact.${what}`,
    kind: what === 'exists' || what === 'undone' ? 'nothing-to-do' : 'usage',
    message,
    tryThis,
  });
