/**
 * Names what became of one attempt, from what the wire showed. The rule behind all of it: after the whole message was handed
 * over, only a complete 2xx, 4xx or 5xx reply to the message decides; anything less is UNCERTAIN, because sending a second
 * copy of a payment reminder is worse than asking a person. Before that point nothing can have been taken.
 */
import { safeText } from '../domain/safe-text.ts';
import { refusalWords } from './oauth/sign-in-error.ts';
import type { AttemptRecord, SendOutcome } from './transport.ts';
import type { WireProgress } from './wire-log.ts';

/** The parts of the mail library's error that are used; `command` is the step it belongs to. */
export interface SmtpFailure {
  readonly code: string | null;
  /** The cause below, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  readonly originalCode: string | null;
  readonly command: string | null;
  readonly response: string | null;
  readonly message: string;
}

export interface WireEvidence {
  readonly progress: WireProgress;
  /** `null` when the library reported success. */
  readonly failure: SmtpFailure | null;
  /** We ended the attempt ourselves: the caller's signal, or the time limit. */
  readonly endedByUs: 'stopped' | 'time-limit' | null;
  /** The connection had carried a message before: its loss then says little about the relay. */
  readonly isReused: boolean;
}

interface Reply {
  readonly code: number;
  /** RFC 3463, for example `5.1.1`. */
  readonly enhanced: string | null;
}

export function classifyOutcome(evidence: WireEvidence): SendOutcome {
  const { progress, failure } = evidence;
  const text = progress.isBodyHandedOver ? progress.finalReply : (failure?.response ?? null);
  const reply = readReply(text);
  const record: AttemptRecord = {
    isBodyHandedOver: progress.isBodyHandedOver,
    replyCode: reply?.code ?? null,
    replyText: text === null ? null : shownReply(text),
  };
  if (progress.isBodyHandedOver) return afterHandOver(record, reply, evidence);
  if (failure === null)
    return { ...record, kind: 'UNCERTAIN', why: 'the mail library reported success before the message was handed over' };
  return beforeHandOver(record, reply, failure, evidence);
}

function afterHandOver(record: AttemptRecord, reply: Reply | null, { progress, failure, endedByUs }: WireEvidence): SendOutcome {
  // The library ends with a bare dot what a server asked for after refusing the recipient: the refusal is what counts.
  if (failure?.code === 'EENVELOPE') return refusedRecipient(failure) ?? { ...record, kind: 'UNCERTAIN', why: OUT_OF_STEP };
  // Without a proper 354 the replies are out of step: a 2xx may belong to an earlier command.
  if (!progress.isBodyWanted) return { ...record, kind: 'UNCERTAIN', why: OUT_OF_STEP };
  if (reply && failure === null && reply.code >= 200 && reply.code < 300)
    return { ...record, kind: 'ACCEPTED', queueId: queueId(progress.finalReply ?? '') };
  if (reply && failure?.code === 'EMESSAGE' && isRefusal(reply)) return refused(record, reply, 'MESSAGE');
  return { ...record, kind: 'UNCERTAIN', why: uncertainWhy(record, endedByUs) };
}

const OUT_OF_STEP = 'the server answered out of step';

function refusedRecipient({ response, command }: SmtpFailure): SendOutcome | null {
  const reply = readReply(response);
  if (!reply || !isRefusal(reply)) return null;
  return refused({ isBodyHandedOver: false, replyCode: reply.code, replyText: shownReply(response ?? '') }, reply, command);
}

function uncertainWhy(record: AttemptRecord, endedByUs: WireEvidence['endedByUs']): string {
  if (endedByUs === 'stopped') return 'sending was stopped after the message was handed over';
  if (endedByUs === 'time-limit') return 'no answer within the time limit after the message was handed over';
  return record.replyText === null
    ? 'the connection was lost after the message was handed over'
    : 'the answer to the message makes no sense';
}

function beforeHandOver(record: AttemptRecord, reply: Reply | null, failure: SmtpFailure, evidence: WireEvidence): SendOutcome {
  const notSent = (breaker: 'auth' | 'tls' | 'connection' | null, why: string): SendOutcome => ({
    ...record,
    kind: 'NOT_SENT',
    why,
    breaker,
  });
  if (evidence.endedByUs === 'stopped') return notSent(null, 'sending was stopped before the message was handed over');
  if (isAuthentication(reply, failure)) return notSent('auth', `the mail server did not accept the login: ${signInReason(failure)}`);
  if (isTls(failure)) return notSent('tls', `no secure connection to the mail server: ${safeReason(failure)}`);
  const isAboutMessage = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
  // A server that says 4xx and hangs up is reported as a lost connection; a 5xx cut short there is not believed.
  const isGoodbye = failure.code === 'ECONNECTION' && reply !== null && reply.code < 500;
  if (reply && evidence.progress.isEnvelopeStarted && (isAboutMessage || isGoodbye) && isRefusal(reply))
    return refused(record, reply, failure.command);
  const isStale = evidence.isReused && evidence.endedByUs === null && reply === null;
  return notSent(isStale ? null : 'connection', `the mail server could not be used: ${safeReason(failure)}`);
}

/** 535 and its kin, and 530 at MAIL ("authenticate first"): our settings are wrong, not this customer's address. */
const isAuthentication = (reply: Reply | null, { code, command }: SmtpFailure): boolean =>
  code === 'EAUTH' || code === 'ENOAUTH' || command?.startsWith('AUTH') === true || [530, 534, 535, 538].includes(reply?.code ?? 0);

const isTls = ({ code, originalCode, command }: SmtpFailure): boolean =>
  code === 'ETLS' || code === 'EREQUIRETLS' || command === 'STARTTLS' || /CERT|SSL|TLS|SELF_SIGNED|VERIFY/.test(originalCode ?? '');

const isRefusal = ({ code }: Reply): boolean => code >= 400 && code < 600;

/**
 * A definite no. Permanent ones end the reminder; the address is suppressed only where the server says at RCPT that the
 * mailbox does not exist, for 5.7.x and content refusals are about us. A full mailbox empties, so it may be tried once more.
 */
function refused(record: AttemptRecord, reply: Reply, command: string | null): SendOutcome {
  const isAtRecipient = command?.startsWith('RCPT') === true;
  if (isAtRecipient && (reply.enhanced === '5.2.2' || (reply.code === 552 && reply.enhanced === null)))
    return { ...record, kind: 'TEMPORARY', hint: 'limited' };
  // 503 says that the session was in the wrong state, not that the message is unwanted.
  if (reply.code < 500 || reply.code === 503) return { ...record, kind: 'TEMPORARY', hint: asksForLess(reply) ? 'slow-domain' : null };
  return { ...record, kind: 'REFUSED', suppressAddress: isAtRecipient && NO_SUCH_MAILBOX.has(reply.enhanced ?? '') };
}

/** RFC 3463: addressing faults of the recipient, and a mailbox that is disabled for good. */
const NO_SUCH_MAILBOX = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);

/** 421 "too busy, closing", 450 greylisting and policy delays (4.7.x). */
const asksForLess = ({ code, enhanced }: Reply): boolean => code === 421 || code === 450 || enhanced?.startsWith('4.7.') === true;

/** Reads a complete reply; `null` for anything that does not begin like one, or whose lines disagree about the code. */
function readReply(text: string | null): Reply | null {
  const match = /^([2-5]\d\d)(?:[ -](?:([245]\.\d{1,3}\.\d{1,3})\b)?|$)/.exec(text ?? '');
  if (!match || text === null) return null;
  const [, code = '', enhanced] = match;
  const agrees = text.split(/\r?\n/).every((line) => line.startsWith(code));
  return agrees ? { code: Number(code), enhanced: enhanced ?? null } : null;
}

/** The relay's own name for the message, where it gives one in a way many do (Postfix, Sendmail, Exim). Amazon SES gives the Message-ID it puts in place of ours. */
const queueId = (reply: string): string | null =>
  /(?:queued as|\bid=)\s*([\w.-]{4,64})|^250 Ok ([0-9a-f]{16}-[0-9a-f-]{20,60})\s*$/i.exec(reply)?.slice(1).find(Boolean) ?? null;

/** Servers may say anything; operators see one safe line of at most 500 characters. */
const shownReply = (text: string): string => safeText(text.slice(0, 1_000)).slice(0, 500);

/** What to make of it before what it said; where there was no token to show, nothing was said. */
const signInReason = (failure: SmtpFailure): string =>
  failure.response === null ? shownReply(failure.message).slice(0, 200) : `${refusalWords(failure.response)[0]} (${safeReason(failure)})`;

const safeReason = (failure: SmtpFailure): string =>
  shownReply(failure.response ?? `${failure.originalCode ?? failure.code ?? ''} ${failure.message}`.trim()).slice(0, 200);
