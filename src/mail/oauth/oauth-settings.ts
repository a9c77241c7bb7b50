/**
 * How to sign in where the mail provider takes no passwords, read from the environment: `MAIL_OAUTH` names the provider; Microsoft 365
 * wants a tenant, an application and its secret, Google the key file of a service account that may act for the mailbox.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { OperatorError } from '../../domain/operator-error.ts';

interface Provider {
  /** Where tokens are asked for. */
  readonly tokenUrl: string;
  /** Last day the secret is valid, in UTC; `null`: it does not end, or nobody said. */
  readonly endsOn: Temporal.PlainDate | null;
}

export type OAuthSettings =
  | (Provider & { readonly kind: 'microsoft365'; readonly clientId: string; readonly clientSecret: string })
  | (Provider & { readonly kind: 'google'; readonly serviceAccount: string; readonly privateKey: string; readonly keyId: string | null });

type Environment = Readonly<Record<string, string | undefined>>;

/** `null` without `MAIL_OAUTH`. @throws OperatorError of kind `configuration` when something is missing or unusable. */
export function readOAuthSettings(env: Environment): OAuthSettings | null {
  const kind = env['MAIL_OAUTH']?.trim() ?? '';
  if (kind === '') return null;
  if (kind === 'microsoft365') return microsoft(env);
  if (kind === 'google') return google(env);
  throw wrong('bad-oauth', 'MAIL_OAUTH names no provider Wafa knows.', 'It is microsoft365 or google; unset it to sign in by password.');
}

function microsoft(env: Environment): OAuthSettings {
  const tenant = needed(env, 'MAIL_OAUTH_TENANT', 'the tenant: its id, or a domain such as acme.onmicrosoft.com');
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,100}$/.test(tenant))
    throw wrong(
      'bad-oauth',
      'MAIL_OAUTH_TENANT is not the id or domain of a tenant.',
      'Copy the Directory (tenant) ID of the application.',
    );
  return {
    kind: 'microsoft365',
    clientId: needed(env, 'MAIL_OAUTH_CLIENT', 'the Application (client) ID'),
    clientSecret: needed(env, 'MAIL_OAUTH_SECRET', 'the value of a client secret, in a private file named by MAIL_OAUTH_SECRET_FILE'),
    tokenUrl: tokenUrl(env, `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`),
    endsOn: endOf(env),
  };
}

const KEY_FILE = z.object({
  client_email: z.string().min(3).max(320),
  private_key: z.string().min(100).max(20_000),
  private_key_id: z.string().max(200).optional(),
});

function google(env: Environment): OAuthSettings {
  const file = needed(env, 'MAIL_OAUTH_KEY_FILE', 'the key file (JSON) of the service account');
  try {
    if ((statSync(file).mode & 0o077) !== 0)
      throw wrong('open-password-file', `The key file ${file} can be read by other users.`, `Run: chmod 600 ${file}`);
    const key = KEY_FILE.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (createPrivateKey(key.private_key).asymmetricKeyType !== 'rsa') throw new Error('not an RSA key');
    return {
      kind: 'google',
      serviceAccount: key.client_email,
      privateKey: key.private_key,
      keyId: key.private_key_id ?? null,
      tokenUrl: tokenUrl(env, 'https://oauth2.googleapis.com/token'),
      endsOn: endOf(env),
    };
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    // Not with its words: they may hold a piece of the key.
    throw wrong(
      'bad-oauth',
      `MAIL_OAUTH_KEY_FILE names ${file}, which is no key of a service account.`,
      'Download a new JSON key for it in the Google Cloud console.',
    );
  }
}

function needed(env: Environment, name: string, what: string): string {
  const value = env[name]?.trim() ?? '';
  if (value !== '') return value;
  throw wrong('bad-oauth', `MAIL_OAUTH is ${env['MAIL_OAUTH'] ?? ''}, but ${name} is missing.`, `Give ${what}.`);
}

/** Elsewhere only where a cloud of its own is used; secrets never travel unencrypted but on this machine. */
function tokenUrl(env: Environment, usual: string): string {
  const own = env['MAIL_OAUTH_TOKEN_URL']?.trim() ?? '';
  if (own === '') return usual;
  if (/^https:\/\/[^/?#@]+\/|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(own)) return own;
  throw wrong(
    'bad-oauth',
    'MAIL_OAUTH_TOKEN_URL does not begin with https://.',
    'Give the full address tokens are asked for at, or unset it.',
  );
}

function endOf(env: Environment): Temporal.PlainDate | null {
  const text = env['MAIL_OAUTH_SECRET_ENDS']?.trim() ?? '';
  if (text === '') return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' });
    } catch {
      // Said below.
    }
  }
  throw wrong('bad-oauth', 'MAIL_OAUTH_SECRET_ENDS is no day.', 'Write it like 2027-11-30.');
}

const wrong = (code: string, message: string, tryThis: string): OperatorError =>
  new OperatorError({ code: `config.${code}`, kind: 'configuration', message, tryThis });
