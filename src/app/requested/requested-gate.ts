/**
 * The gate of mail on request. In one transaction accounts, addresses and mails are locked in that order, everything that could forbid
 * them is asked again, what they would say now is compared with what was ordered, and the attempt is written. Only after that
 * transaction has committed may a byte go out.
 */
import { moveRequested } from './move-requested.ts';
import { renderRequested } from './render-requested.ts';
import type { Act } from '../act.ts';
import { planningContext } from '../company-facts.ts';
import { takeRoom } from '../dispatch/room.ts';
import { forSandbox, opensAt, whyStopped, type Sender } from '../gate-verdicts.ts';
import { faultOfOne } from '../render-reminder.ts';
import type { Session } from '../session.ts';
import { statementContents, type AccountStatement } from '../statement-contents.ts';
import type { RequestedMailId } from '../../domain/ids.ts';
import { assert } from '../../domain/operator-error.ts';
import { accountDay, type PlanningContext } from '../../domain/planning-day.ts';
import { requestedVerdict, type RequestedVerdict } from '../../domain/requested-mail.ts';
import { statementChanges } from '../../domain/statement-changes.ts';
import { caseThread } from '../../mail/case-thread.ts';
import { composeMessage, type ComposedMessage } from '../../mail/compose-message.ts';
import { loadOpenItems } from '../../store/load-open-items.ts';
import { holdAccounts } from '../../store/sql/account-lock.ts';
import { databaseNow } from '../../store/sql/database-now.ts';
import { holdAddresses } from '../../store/sql/dispatch/gate-locks.ts';
import { recipients } from '../../store/sql/facts/recipients.ts';
import { requestsStillHeld, type ClaimedRequest } from '../../store/sql/requested/claim-requested.ts';
import { episodeMails, insertRequestedAttempt, type RequestedAttempt } from '../../store/sql/requested/requested-attempts.ts';
import { lockRequestedMails, requestedMails, type RequestedMailRow } from '../../store/sql/requested/requested-mails.ts';

export interface ReadyRequest {
  readonly attempted: RequestedAttempt;
  readonly message: ComposedMessage;
}

export interface RequestedGateResult {
  readonly ready: readonly ReadyRequest[];
  readonly cancelled: readonly RequestedMailId[];
  readonly stoppedWhy: string | null;
  /** `performance.now()` when the last questions were asked: how long the answers hold counts from here. */
  readonly askedMs: number;
}

export async function passRequestedGate(
  session: Session,
  context: Act,
  claimed: readonly ClaimedRequest[],
  sender: Sender,
): Promise<RequestedGateResult> {
  const rows = await lockForGate(context, claimed, sender);
  const fences = new Map(claimed.map(({ id, fence }) => [id, fence]));
  // Files take their time; what may stop them is asked when they are there, so that the answer is of now when they leave.
  const composed = await composeAll(session, context, rows);
  const askedMs = performance.now();
  const asked = await openQuestions(context, rows, sender);
  const passed: Passed[] = [];
  const cancelled: RequestedMailId[] = [];
  for (const { row, mail, changes } of composed) {
    const fence = fences.get(row.id) as number; // locked rows are among those claimed
    const verdict = requestedVerdict({
      stoppedWhy: asked.stoppedWhy,
      addressFault: asked.addressFault(row),
      changes,
      opensAt: opensAt(accountDay(mail.account.account, asked.planning)),
      isAnswerOfToday: row.answersRequest && row.orderedOn.equals(context.today),
    });
    if (verdict.kind === 'pass' && mail.kind === 'composed') passed.push({ row, fence, message: mail.message });
    else if (verdict.kind !== 'pass') {
      await turnBack(context, row, fence, verdict);
      if (verdict.kind === 'cancel') cancelled.push(row.id);
    }
  }
  const ready = await startWhereRoom(context, passed, sender);
  return { ready, cancelled, stoppedWhy: asked.stoppedWhy, askedMs };
}

interface Passed {
  readonly row: RequestedMailRow;
  readonly fence: number;
  readonly message: ComposedMessage;
}

/** The limits of the company, of the recipients' domains and of the mail server are those of all mail together. */
async function startWhereRoom(context: Act, passed: readonly Passed[], sender: Sender): Promise<readonly ReadyRequest[]> {
  const asking = passed.map(({ message }) => ({ domain: message.envelope.to.split('@').at(-1) ?? '' }));
  const rooms = await takeRoom(context, sender, asking, { isReleased: false });
  const ready: ReadyRequest[] = [];
  for (const [index, one] of passed.entries()) {
    const noRoom = rooms[index];
    if (noRoom) await turnBack(context, one.row, one.fence, { kind: 'wait', ...noRoom });
    else ready.push(...(await startAttempt(context, one, sender)));
  }
  return ready;
}

/** In the order everybody locks. Rows whose lease was lost are not among those returned. */
async function lockForGate({ tx }: Act, claimed: readonly ClaimedRequest[], sender: Sender): Promise<readonly RequestedMailRow[]> {
  const ids = claimed.map(({ id }) => id);
  const seen = await requestedMails(tx, ids);
  await holdAccounts(tx, [...new Set(seen.map((row) => row.customerId))]);
  await holdAddresses(tx, [...new Set(seen.map((row) => row.recipientAddress))]);
  const rows = await lockRequestedMails(tx, ids);
  const held = new Set((await requestsStillHeld(tx, sender.instance, claimed)).map(({ id }) => id));
  return rows.filter((row) => held.has(row.id));
}

interface Asked {
  readonly planning: PlanningContext;
  readonly stoppedWhy: string | null;
  readonly addressFault: (row: RequestedMailRow) => string | null;
}

/** What is the same for all of them, or read for all of them at once. */
async function openQuestions(context: Act, rows: readonly RequestedMailRow[], sender: Sender): Promise<Asked> {
  const { tx, today, company } = context;
  const people = await recipients(tx, [...new Set(rows.map((row) => row.customerId))], today, company.timeZone);
  return {
    planning: await planningContext(context),
    stoppedWhy: await whyStopped(context, sender),
    addressFault: (row) => {
      const person = people.find(({ contactId, address }) => contactId === row.contactId && address === row.recipientAddress);
      if (!person) return 'the address is no longer that of the contact';
      return person.suppressedWhy === null ? null : `nothing may go to the address: ${person.suppressedWhy}`;
    },
  };
}

async function statementOfRow(context: Act, row: RequestedMailRow): Promise<AccountStatement> {
  const [account] = await statementContents(context, [row.customerId], row.asOn);
  assert(account, `mail on request ${row.id} is for an account that does not exist`);
  return account;
}

type Composed = { readonly account: AccountStatement } & (
  | { readonly kind: 'composed'; readonly hash: string; readonly message: ComposedMessage }
  | { readonly kind: 'fault'; readonly why: string }
);

interface ComposedRow {
  readonly row: RequestedMailRow;
  readonly mail: Composed;
  /** Why it may not leave as it was ordered. */
  readonly changes: readonly string[];
}

async function composeAll(session: Session, context: Act, rows: readonly RequestedMailRow[]): Promise<readonly ComposedRow[]> {
  const ids = rows.map((row) => row.id);
  const threads = new Map((await episodeMails(context.tx, ids)).map(({ mailId, messageIds }) => [mailId, messageIds]));
  const composed: ComposedRow[] = [];
  for (const row of rows) {
    const account = await statementOfRow(context, row);
    const mail = await composeFor(session, context, { row, account, thread: threads.get(row.id) ?? [] });
    composed.push({ row, mail, changes: mail.kind === 'fault' ? [mail.why] : await changesSince(context, row, account, mail.hash) });
  }
  return composed;
}

/** One that cannot be made into a safe mail stops only itself. */
async function composeFor(
  session: Session,
  context: Act,
  { row, account, thread }: { readonly row: RequestedMailRow; readonly account: AccountStatement; readonly thread: readonly string[] },
): Promise<Composed> {
  try {
    const { content, hash } = await renderRequested(session, context, row, account);
    const outgoing = forSandbox(context.company, content, row.customerCode);
    const frame = {
      approvedAddress: outgoing === content ? row.recipientAddress : outgoing.to.address,
      messageId: row.messageId,
      thread: caseThread(thread),
      sentAt: context.now,
      timeZone: context.company.timeZone,
    };
    return { kind: 'composed', account, hash, message: composeMessage(outgoing, frame) };
  } catch (error) {
    return { kind: 'fault', account, why: faultOfOne(error) };
  }
}

/**
 * What moved since it was ordered. A statement of the day of its order must still be true when it leaves; one of an earlier day was asked
 * for as the books stood then.
 */
async function changesSince(
  { tx, today }: Act,
  row: RequestedMailRow,
  { content }: AccountStatement,
  hash: string,
): Promise<readonly string[]> {
  if (row.kind === 'STATEMENT' && row.asOn.equals(row.orderedOn)) {
    const now = await loadOpenItems(tx, [row.customerId], today);
    const moved = statementChanges(content.statement, now.get(row.customerId) ?? [], []);
    if (moved.length > 0) return moved;
  }
  return hash === row.renderHash
    ? []
    : ['it would not read as it was ordered: the books, the file, the words or the company details changed'];
}

/** Not now, or not any more: the lease is given up in both cases. */
async function turnBack(
  context: Act,
  { id }: RequestedMailRow,
  fence: number,
  verdict: Exclude<RequestedVerdict, { kind: 'pass' }>,
): Promise<void> {
  const move = { id, from: 'LEASED', fence, reason: verdict.why } as const;
  if (verdict.kind === 'cancel') await moveRequested(context, { ...move, to: 'CANCELLED', code: 'changed since it was ordered' });
  // Without an end the next pass asks again in five minutes.
  else
    await moveRequested(context, {
      ...move,
      to: 'QUEUED',
      code: verdict.why,
      claimableAt: verdict.until ?? context.now.add({ minutes: 5 }),
    });
}

/** Empty when the lease was lost at the last moment. */
async function startAttempt(context: Act, { row, fence, message }: Passed, sender: Sender): Promise<readonly ReadyRequest[]> {
  const { tx, now } = context;
  const attemptNumber = row.attemptCount + 1;
  const detail = { attempt: attemptNumber, renderHash: row.renderHash };
  const move = { id: row.id, from: 'LEASED', to: 'TRANSMITTING', fence, reason: null, code: 'gate passed', detail } as const;
  if (!(await moveRequested(context, move))) return [];
  const attempt = {
    mailId: row.id,
    customerId: row.customerId,
    attemptNumber,
    // In a sandbox the address it really goes to.
    recipientAddress: message.envelope.to,
    fence,
  };
  const attemptId = await insertRequestedAttempt(tx, {
    ...attempt,
    kind: row.kind,
    messageId: row.messageId,
    transport: sender.transport,
    relay: sender.relay,
    sender: sender.instance,
    startedAt: await databaseNow(tx),
    businessAt: now,
    renderHash: row.renderHash,
    documentCount: row.documentCount,
  });
  return [{ attempted: { ...attempt, attemptId, sentAt: now }, message }];
}
