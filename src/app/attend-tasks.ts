/**
 * What waits for a person, and that a person has dealt with it: an answer of the customer, a returned cheque, a claim of payment that was not
 * found, a cheque nobody heard of. Until then an answer and a returned cheque keep the whole account out of automatic reminders.
 */
import { act } from './act.ts';
import { endedNow } from './ledger/ended-now.ts';
import { factEffect, type FactEffect } from './ledger/fact-effect.ts';
import { findCustomer } from './ledger/find-records.ts';
import { readLine } from './operator-input.ts';
import type { Session } from './session.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { lockAccounts } from '../store/sql/account-lock.ts';
import { insertContact } from '../store/sql/contact-log.ts';
import { attendTasks, tasksOfAccount, waitingTasks, type TaskRow } from '../store/sql/tasks.ts';

export interface Answered extends FactEffect {
  readonly customerCode: string;
  readonly attended: readonly TaskRow[];
  /** Number of the note about it in the customer's history. */
  readonly noteId: number;
}

/** The company's tasks, oldest first. */
export const readTasks = (session: Session, limit: number): Promise<readonly TaskRow[]> =>
  act(session, 'customer tasks', ({ tx }) => waitingTasks(tx, limit), { isReadOnly: true });

/** @throws OperatorError `customer.unknown`, `answered.nothing`, `input.bad-text` */
export const markAnswered = (
  session: Session,
  { customerCode, did }: { readonly customerCode: string; readonly did: string },
): Promise<Answered> =>
  act(session, 'answered', async (context) => {
    const { tx, today } = context;
    const what = readLine(did, 'what was done', 1000);
    const customer = await findCustomer(tx, customerCode);
    await lockAccounts(tx, [customer.accountId]);
    const attended = await tasksOfAccount(tx, customer.accountId);
    if (attended.length === 0) throw nothingWaits(customer.code);
    const ended = endedNow(context);
    await attendTasks(
      tx,
      attended.map(({ id }) => id),
      ended,
    );
    for (const { id, kind } of attended)
      context.record({ objectKind: 'block', objectId: id, fromState: kind, toState: 'ANSWERED', reason: what });
    const noteId = await insertContact(tx, {
      accountId: customer.accountId,
      kind: 'REPLY',
      happenedOn: today,
      isContact: false,
      result: what,
      note: null,
      reference: null,
      recordedBy: ended.by,
    });
    return { customerCode: customer.accountCode, attended, noteId, ...(await factEffect(context, customer.accountId, null)) };
  });

const nothingWaits = (code: string): OperatorError =>
  new OperatorError({
    code: 'answered.nothing',
    kind: 'nothing-to-do',
    message: `Nothing of customer ${code} waits for a person.`,
    tryThis: 'Log a call or a note with `wafa contact`.',
  });
