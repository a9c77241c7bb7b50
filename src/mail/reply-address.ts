/**
 * Where answers to one reminder go. Mailboxes that take `name+key@domain` get the beginning of the Message-ID's random part as the key,
 * so that an answer finds its reminder even where the mail program drops the thread; nobody can guess it.
 */
import { checkEmailAddress } from '../domain/email-address.ts';

/** Sixteen hexadecimal digits, 64 bits: unguessable, and short enough for an address of at most 64 characters before the @. */
const KEY_LENGTH = 16;

export function replyAddress(mailbox: string, messageId: string): string {
  const key = /^<rem\.([a-z0-9]+)@/.exec(messageId)?.[1]?.slice(0, KEY_LENGTH);
  const at = mailbox.lastIndexOf('@');
  if (key === undefined || mailbox.slice(0, at).includes('+')) return mailbox;
  const keyed = `${mailbox.slice(0, at)}+${key}${mailbox.slice(at)}`;
  return checkEmailAddress(keyed).ok ? keyed : mailbox;
}
