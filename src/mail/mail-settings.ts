/**
 * How mail leaves, read from the environment: `SMTP_URL` (`smtp://user@host:587`, `smtps://user@host:465`), the password from the
 * file named by `SMTP_PASSWORD_FILE`, a private authority from `SMTP_CA_FILE`. Without `SMTP_URL` mail goes to an outbox folder and
 * to nobody. Encryption is required everywhere but on this machine, and cannot be weakened.
 */
import { readFileSync } from 'node:fs';
import { RELAY_PRESETS, relayPreset, type RelayLimits } from './relay-preset.ts';
import { OperatorError } from '../domain/operator-error.ts';
import { readDkimSettings, type DkimSettings } from './dkim-settings.ts';
import { readOAuthSettings, type OAuthSettings } from './oauth/oauth-settings.ts';
import { readSecret } from './read-secret.ts';

export type MailSettings = OutboxSettings | SmtpSettings;

export interface OutboxSettings {
  readonly kind: 'outbox';
  /** `WAFA_OUTBOX`, or `null` for the folder `outbox` under the data folder. */
  readonly folder: string | null;
  readonly isLoopback: true;
}

export interface SmtpSettings {
  readonly kind: 'smtp';
  readonly host: string;
  readonly port: number;
  readonly isLoopback: boolean;
  /** `off` only on loopback. */
  readonly tls: 'off' | 'starttls' | 'implicit';
  readonly user: string | null;
  readonly password: string | null;
  /** The mail provider's sign-in, where there is a user without a password. */
  readonly oauth: OAuthSettings | null;
  /** PEM of a private certificate authority, in place of the public ones. */
  readonly ca: string | null;
  /** Sign every message; `null`: the relay does, or nobody. */
  readonly dkim: DkimSettings | null;
  readonly limits: RelayLimits;
  readonly maxConnections: number;
  readonly messagesPerConnection: number;
  readonly idleTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly greetingTimeoutMs: number;
  readonly socketTimeoutMs: number;
  readonly attemptTimeoutMs: number;
}

/** Limits for real relays; tests shorten the times. */
const SMTP_LIMITS = {
  /** Many relays close after 100; closing first keeps their goodbye from meeting a message. */
  messagesPerConnection: 100,
  /** Far below any server's idle limit (RFC 5321 asks for 5 minutes). */
  idleTimeoutMs: 10_000,
  connectionTimeoutMs: 30_000,
  greetingTimeoutMs: 30_000,
  /** RFC 5321 §4.5.3.2.6: a server may take 10 minutes to answer the message. A shorter wait creates doubt, a longer one blocks a slot. */
  socketTimeoutMs: 600_000,
  /** Ends a server that trickles, which no silence limit notices. */
  attemptTimeoutMs: 720_000,
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws OperatorError of kind `configuration` when a setting is unusable or unsafe. */
export function readMailSettings(env: Environment): MailSettings {
  const text = env['SMTP_URL']?.trim() ?? '';
  if (text === '') return { kind: 'outbox', folder: env['WAFA_OUTBOX'] ?? null, isLoopback: true };
  const url = parseUrl(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopback = host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
  refuseDisabledChecks(env, isLoopback);
  const isImplicit = url.protocol === 'smtps:';
  const limits = RELAY_PRESETS[relayPreset(env['SMTP_PRESET'], host, isLoopback)];
  const user = url.username === '' ? null : decoded(url.username);
  return {
    kind: 'smtp',
    host,
    port: url.port === '' ? (isImplicit ? 465 : 587) : Number(url.port),
    isLoopback,
    tls: isImplicit ? 'implicit' : isLoopback ? 'off' : 'starttls',
    user,
    ...loginOf(user, url, env, isLoopback),
    ca: env['SMTP_CA_FILE'] ? readText(env['SMTP_CA_FILE'], 'SMTP_CA_FILE') : null,
    dkim: readDkimSettings(env),
    limits,
    maxConnections: limits.maxConnections,
    ...SMTP_LIMITS,
  };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isRight =
    url &&
    (url.protocol === 'smtp:' || url.protocol === 'smtps:') &&
    url.hostname !== '' &&
    url.pathname.replace('/', '') === '' &&
    url.search === '';
  if (isRight) return url;
  // The value may hold a password, so it is not repeated.
  throw wrong(
    'bad-smtp-url',
    'SMTP_URL is not the address of a mail server.',
    'Write it like smtp://user@mail.example.ae:587 or smtps://user@mail.example.ae:465.',
  );
}

function refuseDisabledChecks(env: Environment, isLoopback: boolean): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0' || isLoopback) return;
  throw wrong(
    'tls-checks-off',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off.',
    'Unset it; name a private authority with SMTP_CA_FILE instead.',
  );
}

/** A password where there is one; else the sign-in of the mail provider. */
function loginOf(user: string | null, url: URL, env: Environment, isLoopback: boolean): Pick<SmtpSettings, 'password' | 'oauth'> {
  if (user === null) return { password: null, oauth: null };
  const hasPassword = [env['SMTP_PASSWORD'], env['SMTP_PASSWORD_FILE'], url.password].some(Boolean);
  const oauth = hasPassword ? null : readOAuthSettings(env);
  return oauth === null ? { password: readPassword(url, env, isLoopback), oauth } : { password: null, oauth };
}

function readPassword(url: URL, env: Environment, isLoopback: boolean): string {
  // Already read from a private file or a credential by whoever brought the sources of settings together.
  if (env['SMTP_PASSWORD']) return env['SMTP_PASSWORD'];
  const file = env['SMTP_PASSWORD_FILE'];
  if (file) return readSecret(file, 'SMTP_PASSWORD_FILE');
  if (url.password !== '' && isLoopback) return decoded(url.password);
  if (url.password !== '') {
    throw wrong(
      'password-in-url',
      'SMTP_URL holds a password, which other users of this machine may see.',
      'Put it in a file only you can read and name it in SMTP_PASSWORD_FILE.',
    );
  }
  throw wrong(
    'no-smtp-password',
    'SMTP_URL names a user, but there is no password.',
    'Put it in a file only you can read and name it in SMTP_PASSWORD_FILE.',
  );
}

function readText(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw wrong('unreadable-file', `${setting} names ${file}, which cannot be read.`, 'Check the path and its permissions.', cause);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw wrong(
      'bad-smtp-url',
      'The user or password in SMTP_URL is not percent-encoded properly.',
      'Write @ as %40, : as %3A and % as %25 there.',
      cause,
    );
  }
}

const wrong = (code: string, message: string, tryThis: string, cause?: unknown): OperatorError =>
  new OperatorError({ code: `config.${code}`, kind: 'configuration', message, tryThis, ...(cause === undefined ? {} : { cause }) });
