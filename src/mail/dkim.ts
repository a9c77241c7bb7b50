/**
 * Signs messages with DKIM (RFC 6376) where no relay does. Configured means required: a message that would leave unsigned, or signed for
 * a domain its From address is not of, does not leave. The mail library signs nothing, and says nothing, when it is given an Ed25519 key;
 * so the key must be RSA, and every signed message is looked at for its signature.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { BugError, OperatorError } from '../domain/operator-error.ts';
import type { ComposedMessage } from './compose-message.ts';

export interface DkimSettings {
  /** The domain that answers for the mail: that of the From address, or above it. */
  readonly domain: string;
  readonly selector: string;
  /** PEM, RSA. */
  readonly privateKey: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws OperatorError of kind `configuration` when only part is given or the key cannot be used. */
export function readDkimSettings(env: Environment): DkimSettings | null {
  const [domain = '', selector = '', file = ''] = [env['DKIM_DOMAIN'], env['DKIM_SELECTOR'], env['DKIM_KEY_FILE']];
  if (domain === '' && selector === '' && file === '') return null;
  if (domain === '' || selector === '' || file === '')
    throw wrong('half', 'DKIM is set up in part.', 'Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE, or none of them.');
  return { domain: domain.toLowerCase(), selector, privateKey: readKey(file) };
}

function readKey(file: string): string {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (cause) {
    throw wrong('unreadable', `DKIM_KEY_FILE names ${file}, which cannot be read.`, 'Check the path and its permissions.', cause);
  }
  if ((statSync(file).mode & 0o077) !== 0)
    throw wrong('open-key', `The DKIM key ${file} can be read by other users.`, `Run: chmod 600 ${file}`);
  if (isUsableKey(pem)) return pem;
  throw wrong('bad-key', `The file ${file} holds no RSA key of 2048 bits or more.`, 'Make one: openssl genrsa 2048 > dkim.key');
}

/** RFC 8301: verifiers need not take less than 1024 bits, and most no longer take that. */
function isUsableKey(pem: string): boolean {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048;
  } catch {
    return false;
  }
}

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

const wrong = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.dkim-${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
