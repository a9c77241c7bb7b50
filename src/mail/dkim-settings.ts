/**
 * What an installation says about DKIM (RFC 6376), read and judged before anything is sent. The mail library signs nothing, and says
 * nothing, when it is given an Ed25519 key; so the key must be RSA.
 *
 * Apart from `dkim.ts`, because every command reads its settings and few sign: the library alone takes 50 ms to load.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { OperatorError } from '../domain/operator-error.ts';

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

const wrong = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.dkim-${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
