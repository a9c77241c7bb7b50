/** Finds the mail of ours that something in the mailbox is about: by what nobody can guess first, by who wrote it last. */
import type { Act } from '../act.ts';
import type { InboundMail } from '../../domain/inbound/inbound-mail.ts';
import { cluesOf, type FoundMail } from '../../domain/inbound/judge-inbound.ts';
import type { SentMail } from '../../domain/inbound/sent-mail.ts';
import { sentByMessageIds, sentByRelayNames, sentByReplyKey, sentToAddress } from '../../store/sql/inbox/sent-mails.ts';
import { spellingsOf } from '../../store/sql/suppressions.ts';

/** Whoever writes without a thread writes soon; a month later it is about something else. */
const ADDRESS_DAYS = 30;
/** A mail delivered to more keys than this was made to cost us something. */
const MOST_KEYS = 5;

export async function findSent(context: Act, mail: InboundMail): Promise<FoundMail | null> {
  const { messageIds, replyKeys, from } = cluesOf(mail);
  const byId = await byMessageId(context, messageIds);
  if (byId) return { mail: byId, by: 'message-id' };
  for (const key of replyKeys.slice(0, MOST_KEYS)) {
    const [found] = await sentByReplyKey(context.tx, key);
    if (found) return { mail: found, by: 'reply-key' };
  }
  const byAddress = from === null ? undefined : await fromKnownAddress(context, from, mail.subject);
  return byAddress ? { mail: byAddress, by: 'address' } : null;
}

/** In the order they stand, so that what is answered directly comes before the rest of its thread. */
async function byMessageId({ tx }: Act, messageIds: readonly string[]): Promise<SentMail | undefined> {
  if (messageIds.length === 0) return undefined;
  const found = await sentByMessageIds(tx, messageIds);
  const first = messageIds.flatMap((id) => found.find(({ messageId }) => messageId === id) ?? [])[0];
  if (first) return first;
  const names = messageIds.flatMap((id) => /^<([\w-]{10,100})@[\w.-]*\bamazonses\.com>$/.exec(id)?.[1] ?? []);
  return names.length === 0 ? undefined : (await sentByRelayNames(tx, names))[0];
}

async function fromKnownAddress({ tx, now }: Act, from: string, subject: string): Promise<SentMail | undefined> {
  if (subject === '') return undefined;
  const addresses = await spellingsOf(tx, from);
  const [found] = await sentToAddress(tx, { addresses, since: now.subtract({ hours: 24 * ADDRESS_DAYS }), subject });
  return found;
}
