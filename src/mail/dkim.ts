/**
 * Signs messages with DKIM (RFC 6376) where no relay does. Configured means required: a message that would leave unsigned, or signed for
 * a domain its From address is not of, does not leave; so every signed message is looked at for its signature.
 */
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { BugError } from '../domain/operator-error.ts';
import type { ComposedMessage } from './compose-message.ts';
import type { DkimSettings } from './dkim-settings.ts';

/** @throws BugError unless the result carries a signature for the domain. */
export async function signed(message: ComposedMessage, { domain, selector, privateKey }: DkimSettings): Promise<ComposedMessage> {
  const from = message.envelope.from.split('@').at(-1) ?? '';
  if (from !== domain && !from.endsWith(`.${domain}`)) throw new BugError(`mail of ${from} cannot be signed: DKIM is set up for ${domain}`);
  const signer = new DKIM({ domainName: domain, keySelector: selector, privateKey });
  const bytes = await buffer(signer.sign(message.bytes));
  if (!isSignedFor(bytes, domain)) throw new BugError('the mail library gave a message back without its DKIM signature');
  return { ...message, bytes };
}

/** True when the head of the message carries a signature that names the domain. */
export const isSignedFor = (bytes: Buffer, domain: string): boolean => {
  const head = bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const signature = /^DKIM-Signature:(?:[^\r]|\r\n[ \t])*/im.exec(head)?.[0].replace(/\s/g, '') ?? '';
  return signature.includes(`;d=${domain};`) && /;b=[A-Za-z0-9+/]{100,}/.test(signature);
};
