/**
 * Takes in one mail of the mailbox: judges it, writes down what it says, lets it take effect, and moves the mailbox on, in one transaction. The
 * same mail read twice, delivered twice or come too late changes nothing the second time. What is nothing to us leaves no trace but a count.
 */
import { findSent } from './find-sent.ts';
import { suppressReturned } from './suppress-returned.ts';
import { takeEvidence, takeRequestedEvidence } from './take-evidence.ts';
import { act, type Act } from '../act.ts';
import { factEffect } from '../ledger/fact-effect.ts';
import { storeBlocks } from '../ledger/store-blocks.ts';
import type { Session } from '../session.ts';
import { BOUNCE_WORDS } from '../../domain/inbound/bounce-class.ts';
import { evidenceOf } from '../../domain/inbound/evidence.ts';
import { firstLines } from '../../domain/inbound/first-lines.ts';
import type { InboundMail } from '../../domain/inbound/inbound-mail.ts';
import { judgeInbound, type InboundVerdict } from '../../domain/inbound/judge-inbound.ts';
import type { SentMail } from '../../domain/inbound/sent-mail.ts';
import { holdAccounts, raiseFactsVersions } from '../../store/sql/account-lock.ts';
import { restDomain } from '../../store/sql/dispatch/rate-tokens.ts';
import { insertEmailEvent, softBounces, type EmailEventKind } from '../../store/sql/inbox/email-events.ts';
import { insertMailReply, isReplyWaiting, markResponded } from '../../store/sql/inbox/mail-replies.ts';
import { lockMailbox, stepMailbox } from '../../store/sql/inbox/mailboxes.ts';
import { accountsAtAddress } from '../../store/sql/suppressions.ts';

/** Where in which mailbox it lies. */
export interface InboundPlace {
  readonly mailboxId: number;
  readonly uidValidity: number;
  readonly uid: number;
}

/** `known`: it has been taken in before, by this place or by another. */
export type Inbound = InboundVerdict['kind'] | 'known';

export const recordInbound = (session: Session, place: InboundPlace, mail: InboundMail): Promise<Inbound> =>
  act(session, 'inbox read', async (context) => {
    const { tx } = context;
    const box = await lockMailbox(tx, place.mailboxId);
    if (box.uidValidity === place.uidValidity && place.uid <= box.lastUid) return 'known';
    const found = await findSent(context, mail);
    const verdict = judgeInbound(mail, found);
    const isNew = found === null || (await takeIn(context, mail, found.mail, verdict));
    const { mailboxId: id, uidValidity, uid } = place;
    await stepMailbox(tx, { id, uidValidity, uid, isUnrelated: verdict.kind === 'unrelated', isForged: verdict.kind === 'forged' });
    return isNew ? verdict.kind : 'known';
  });

const EVENT_KINDS: Readonly<Record<Exclude<InboundVerdict['kind'], 'forged' | 'unrelated'>, EmailEventKind>> = {
  delivered: 'DELIVERED',
  relayed: 'RELAYED',
  delayed: 'DELAYED',
  bounced: 'BOUNCED',
  complaint: 'COMPLAINED',
  'auto-reply': 'AUTO_REPLIED',
  reply: 'REPLIED',
};

/** False when it is known already. */
async function takeIn(context: Act, mail: InboundMail, sent: SentMail, verdict: InboundVerdict): Promise<boolean> {
  if (verdict.kind === 'forged' || verdict.kind === 'unrelated') return true;
  const { tx, now } = context;
  // Everybody locks accounts first, and all they need at once.
  const others = verdict.kind === 'bounced' || verdict.kind === 'complaint' ? await accountsAtAddress(tx, sent.recipientAddress) : [];
  await holdAccounts(tx, [...new Set([sent.customerId, ...others])]);
  const eventId = await insertEmailEvent(tx, {
    attemptId: sent.attemptId,
    reminderId: sent.reminderId,
    kind: EVENT_KINDS[verdict.kind],
    occurredAt: now,
    sourceKey: `mail:${mail.identity}`,
    evidence: detailOf(verdict),
  });
  if (eventId === undefined) return false;
  await settle(context, sent, verdict);
  if (verdict.kind === 'bounced') await afterBounce(context, sent, verdict);
  if (verdict.kind === 'complaint') await afterComplaint(context, sent);
  if (verdict.kind === 'reply') await afterReply(context, sent, mail, eventId);
  return true;
}

function detailOf(verdict: InboundVerdict): Readonly<Record<string, string | null>> {
  switch (verdict.kind) {
    case 'bounced':
      return { class: verdict.bounce, status: verdict.status, diagnostic: verdict.diagnostic };
    case 'delayed':
      return { status: verdict.status, diagnostic: verdict.diagnostic };
    case 'reply':
      return { by: verdict.by };
    default:
      return {};
  }
}

/** What became of the mail, as far as this says it for sure. */
async function settle(context: Act, sent: SentMail, verdict: InboundVerdict): Promise<void> {
  const evidence = evidenceOf(verdict);
  if (evidence === null) return;
  const why = verdict.kind === 'bounced' ? BOUNCE_WORDS[verdict.bounce] : `known by what came back: ${verdict.kind}`;
  const taken = { evidence, customerId: sent.customerId, why };
  if (sent.reminderId !== null) await takeEvidence(context, sent.reminderId, taken);
  else if (sent.requestedId !== null) await takeRequestedEvidence(context, sent.requestedId, taken);
}

/** So many in so many days, and the mailbox is as good as none; so long nothing goes there, for it may be emptied. */
const SOFT_TIMES = 3;
const SOFT_DAYS = 30;
/** Half a day: whoever refuses our mail as unwanted is not asked again within the hour, and a person has time to see why. */
const BLOCKED_REST_MINUTES = 12 * 60;

async function afterBounce(
  context: Act,
  { recipientAddress: address }: SentMail,
  { bounce, diagnostic, status }: Extract<InboundVerdict, { kind: 'bounced' }>,
): Promise<void> {
  const { tx, now, today } = context;
  if (bounce === 'hard') {
    const evidence = diagnostic ?? status ?? 'returned';
    await suppressReturned(context, { address, why: 'HARD_BOUNCE', evidence, expiresOn: null });
  }
  if (bounce === 'soft' && (await softBounces(tx, address, now.subtract({ hours: 24 * SOFT_DAYS }))) >= SOFT_TIMES) {
    const evidence = `returned ${SOFT_TIMES} times in ${SOFT_DAYS} days: ${diagnostic ?? status ?? ''}`.slice(0, 300);
    await suppressReturned(context, { address, why: 'HARD_BOUNCE', evidence, expiresOn: today.add({ days: SOFT_DAYS }) });
  }
  if (bounce === 'blocked') await restDomain(tx, address.split('@').at(-1) ?? '', BLOCKED_REST_MINUTES);
}

const afterComplaint = (context: Act, { recipientAddress: address }: SentMail): Promise<void> =>
  suppressReturned(context, { address, why: 'COMPLAINT', evidence: 'complained to their mail provider', expiresOn: null });

/** A person waits for an answer: the account is left alone until one of us has given it. What they wrote is kept apart from the block. */
async function afterReply(context: Act, { customerId, reminderId }: SentMail, mail: InboundMail, eventId: number): Promise<void> {
  const { tx, now } = context;
  await insertMailReply(tx, {
    eventId,
    customerId,
    fromAddress: mail.from,
    firstLines: firstLines(mail.text) || null,
    receivedAt: now,
  });
  if (reminderId !== null) await markResponded(tx, reminderId, now);
  if (await isReplyWaiting(tx, customerId)) return;
  await storeBlocks(context, {
    kind: 'REPLY',
    items: [{ customerId, invoiceId: null, amountMinor: null }],
    reason: 'They answered by mail',
    reference: null,
    promisedOn: null,
    untilOn: null,
    cheque: null,
  });
  await raiseFactsVersions(tx, [customerId]);
  await factEffect(context, customerId, null);
}
