/**
 * The Message-ID of a reminder: one per reminder row, kept over all its attempts, stored before the first byte goes out. It
 * is what replies, bounces and relay logs are matched by, and lets mail systems that drop duplicates drop a second copy.
 */
import { assert } from '../domain/operator-error.ts';

/**
 * @param token Random, 16-40 lower-case letters and digits, drawn once when the reminder is composed: were it countable, another
 *   mailbox could guess the id of someone's reminder and forge a bounce or a reply to it.
 * @param domain The sender's domain.
 */
export function messageIdFor(token: string, domain: string): string {
  assert(/^[a-z0-9]{16,40}$/.test(token), 'the token of a Message-ID is 16-40 lower-case letters and digits');
  assert(/^[a-z0-9.-]+$/.test(domain), 'the domain of a Message-ID is in its ASCII form');
  return `<rem.${token}@${domain}>`;
}
