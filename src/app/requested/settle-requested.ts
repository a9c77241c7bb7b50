/** What a person does about mail on request: looks at it, stops what has not left, says what became of what nobody could know. */
import { moveRequested } from './move-requested.ts';
import { refused } from './order-mail.ts';
import { act } from '../act.ts';
import { userIdOf } from '../actor.ts';
import { readLine } from '../operator-input.ts';
import { conditions } from '../people/conditions.ts';
import type { Session } from '../session.ts';
import { unknownCustomer } from '../unknown-customer.ts';
import type { RequestedMailId } from '../../domain/ids.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { REQUESTED_WORDS, type RequestedStatus } from '../../domain/requested-mail.ts';
import type { CompanyTx } from '../../store/connection/with-company.ts';
import { accountOfCustomer } from '../../store/sql/account-of-customer.ts';
import {
  latestRequestedMails,
  lockRequestedMails,
  requestedMails,
  type RequestedMailRow,
} from '../../store/sql/requested/requested-mails.ts';

export interface RequestedFilter {
  readonly customerCode?: string | undefined;
  readonly status?: RequestedStatus | undefined;
  readonly limit: number;
}

/** The newest first. @throws OperatorError `customer.unknown` */
export const listRequested = (session: Session, { customerCode, status, limit }: RequestedFilter): Promise<readonly RequestedMailRow[]> =>
  act(
    session,
    'requested list',
    async ({ tx }) => {
      const customer = customerCode === undefined ? null : await accountOfCustomer(tx, customerCode);
      if (customer === undefined) throw unknownCustomer(customerCode ?? '');
      return await latestRequestedMails(tx, { customerId: customer?.accountId ?? null, status: status ?? null, limit });
    },
    { isReadOnly: true },
  );

/** As they stand now. */
export const readRequested = (session: Session, ids: readonly RequestedMailId[]): Promise<readonly RequestedMailRow[]> =>
  act(session, 'requested list', ({ tx }) => requestedMails(tx, ids), { isReadOnly: true });

/** Stops what has not been handed to a sender yet. @throws OperatorError `requested.unknown|too-late` */
export const cancelRequested = (session: Session, id: RequestedMailId, reason: string): Promise<RequestedMailRow> =>
  act(session, 'requested cancel', async (context) => {
    const why = readLine(reason, 'the reason', 500);
    const row = await lockedRequest(context.tx, id);
    const moved =
      row.status === 'QUEUED' &&
      (await moveRequested(context, { id, from: 'QUEUED', to: 'CANCELLED', fence: null, reason: why, code: why }));
    if (!moved) throw refused('too-late', `Mail ${id} cannot be stopped: it is ${REQUESTED_WORDS[row.status]}.`, SEE_LIST);
    return { ...row, status: 'CANCELLED', statusReason: why };
  });

/**
 * Says what became of an uncertain mail. It does not go again by this: a second copy is a new order, with `--again`.
 * @throws OperatorError `requested.unknown|not-uncertain|four-eyes`
 */
export const settleRequested = (session: Session, id: RequestedMailId, hasArrived: boolean, reason: string): Promise<RequestedMailRow> =>
  act(session, 'requested settle', async (context) => {
    const why = readLine(reason, 'the reason', 500);
    const row = await lockedRequest(context.tx, id);
    if (row.status !== 'UNCERTAIN')
      throw refused('not-uncertain', `Mail ${id} is not uncertain: it is ${REQUESTED_WORDS[row.status]}.`, SEE_LIST);
    const { isOnePerson } = context.company;
    const objection = conditions.requestSettledByAnother.judge({
      id,
      orderedBy: row.orderedBy,
      isOnePerson,
      userId: userIdOf(context.actor),
    });
    if (objection !== null) throw refused(objection.condition, objection.message, objection.tryThis);
    const to = hasArrived ? 'SENT' : 'REJECTED';
    const sentAt = hasArrived ? { sentAt: context.now } : {};
    await moveRequested(context, { id, from: 'UNCERTAIN', to, fence: null, reason: why, code: why, ...sentAt });
    return { ...row, status: to, statusReason: why };
  });

async function lockedRequest(tx: CompanyTx, id: RequestedMailId): Promise<RequestedMailRow> {
  const [row] = await lockRequestedMails(tx, [id]);
  if (row) return row;
  throw new OperatorError({ code: 'requested.unknown', kind: 'usage', message: `There is no mail on request ${id}.`, tryThis: SEE_LIST });
}

const SEE_LIST = 'Run `wafa requested` to see what was ordered.';
