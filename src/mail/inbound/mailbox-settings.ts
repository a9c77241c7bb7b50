/**
 * The mailbox that answers come to, read from the environment: `IMAP_URL` (`imaps://user@host:993/INBOX`), its password as `IMAP_PASSWORD`
 * from a private file, `IMAP_CA_FILE`. Where several companies of an installation have mailboxes of their own, `IMAP_MAILBOXES_FILE` names
 * them by company code; a company that is not in it reads the one of `IMAP_URL`. Encryption is required everywhere but on this machine.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { OperatorError } from '../../domain/operator-error.ts';
import { readOAuthSettings, type OAuthSettings } from '../oauth/oauth-settings.ts';
import { readSecret } from '../read-secret.ts';

export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly isLoopback: boolean;
  /** `off` only on loopback. */
  readonly tls: 'off' | 'starttls' | 'implicit';
  readonly user: string;
  readonly login: { readonly kind: 'password'; readonly password: string } | { readonly kind: 'oauth'; readonly oauth: OAuthSettings };
  readonly folder: string;
  /** PEM of a private certificate authority, in place of the public ones. */
  readonly ca: string | null;
  /** User, server and folder: what the mailbox is known by. */
  readonly label: string;
}

/** The mailbox of a company; `null` when nobody reads answers for it. */
export type Mailboxes = (companyCode: string) => MailboxSettings | null;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws OperatorError of kind `configuration` when a setting is unusable or unsafe. */
export function readMailboxes(env: Environment): Mailboxes {
  const common = env['IMAP_URL'] ? readMailbox('IMAP_URL', env['IMAP_URL'], env['IMAP_PASSWORD'], env) : null;
  const file = env['IMAP_MAILBOXES_FILE'];
  if (file === undefined || file === '') return () => common;
  const own = new Map(
    readList(file).map(([code, { url, passwordFile }]) => [
      code,
      readMailbox(
        `The mailbox of ${code}`,
        url,
        passwordFile === undefined ? undefined : readSecret(passwordFile, `The mailbox of ${code}`),
        env,
      ),
    ]),
  );
  return (companyCode) => own.get(companyCode) ?? common;
}

const LIST = z.record(
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/),
  z.strictObject({ url: z.string().min(1).max(1_000), passwordFile: z.string().min(1).max(1_000).optional() }),
);

function readList(file: string): readonly (readonly [string, { readonly url: string; readonly passwordFile?: string | undefined }])[] {
  try {
    return Object.entries(LIST.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (cause) {
    throw wrong(
      'bad-mailboxes',
      `IMAP_MAILBOXES_FILE names ${file}, which is no list of mailboxes.`,
      'Write it like {"ACME": {"url": "imaps://accounts%40acme.ae@imap.acme.ae", "passwordFile": "/etc/wafa/acme-imap"}}.',
      cause,
    );
  }
}

function readMailbox(named: string, text: string, password: string | undefined, env: Environment): MailboxSettings {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isRight =
    url !== null && ['imap:', 'imaps:'].includes(url.protocol) && url.hostname !== '' && url.username !== '' && url.search === '';
  if (!isRight) throw badUrl(named);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopback = host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && !isLoopback) {
    throw wrong(
      'tls-checks-off',
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off.',
      'Unset it; name a private authority with IMAP_CA_FILE instead.',
    );
  }
  const isImplicit = url.protocol === 'imaps:';
  const port = url.port === '' ? (isImplicit ? 993 : 143) : Number(url.port);
  const user = decoded(url.username, named);
  const folder = decoded(url.pathname.replace(/^\//, ''), named) || 'INBOX';
  return {
    host,
    port,
    isLoopback,
    tls: isImplicit ? 'implicit' : isLoopback ? 'off' : 'starttls',
    user,
    login: loginOf(named, url, password, env, isLoopback),
    folder,
    ca: env['IMAP_CA_FILE'] ? readAuthority(env['IMAP_CA_FILE']) : null,
    label: `${user}@${host}:${port}/${folder}`.slice(0, 400),
  };
}

/** A password where there is one; else the sign-in of the mail provider. */
function loginOf(named: string, url: URL, password: string | undefined, env: Environment, isLoopback: boolean): MailboxSettings['login'] {
  if (password) return { kind: 'password', password };
  if (url.password !== '' && isLoopback) return { kind: 'password', password: decoded(url.password, named) };
  if (url.password !== '') {
    throw wrong(
      'password-in-url',
      `${named} holds a password, which other users of this machine may see.`,
      'Put it in a file only you can read and name it in IMAP_PASSWORD_FILE.',
    );
  }
  const oauth = readOAuthSettings(env);
  if (oauth !== null) return { kind: 'oauth', oauth };
  throw wrong(
    'no-imap-password',
    `${named} names a user, but there is no password.`,
    'Put it in a file only you can read and name it in IMAP_PASSWORD_FILE, or set MAIL_OAUTH.',
  );
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw wrong('unreadable-file', `IMAP_CA_FILE names ${file}, which cannot be read.`, 'Check the path and its permissions.', cause);
  }
}

function decoded(text: string, named: string): string {
  try {
    const plain = decodeURIComponent(text);
    if (!/\p{Cc}/u.test(plain)) return plain;
  } catch {
    // Said below: either way it is not written as it should be.
  }
  throw badUrl(named);
}

const badUrl = (named: string): OperatorError =>
  // The value may hold a password, so it is not repeated.
  wrong(
    'bad-imap-url',
    `${named} is not the address of a mailbox.`,
    'Write it like imaps://accounts%40acme.ae@imap.acme.ae/INBOX: the user before the @, with its own @ as %40.',
  );

const wrong = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
