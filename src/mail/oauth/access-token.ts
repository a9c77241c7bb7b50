/**
 * Tokens to sign in with: asked for once, kept until shortly before they end, asked for anew when a server no longer takes one. Microsoft 365
 * by client credentials (RFC 6749 §4.4), Google by a signed assertion of the service account (RFC 7523). Secrets and tokens stay in memory and
 * in no message.
 */
import { createSign } from 'node:crypto';
import { oauthFailure, SignInError } from './sign-in-error.ts';
import type { OAuthSettings } from './oauth-settings.ts';

export interface TokenSource {
  /** @throws SignInError in plain words. */
  token(user: string): Promise<string>;
  /** The server refused it: the next is a new one. */
  refused(user: string): void;
}

/** A token is not used in its last five minutes: mail takes a while, and clocks differ. */
const EARLY_MS = 5 * 60_000;
/** A provider that does not say how long means an hour; nobody means days. */
const USUAL_S = 3_600;
const LONGEST_S = 24 * 3_600;
const WITHIN_MS = 20_000;
/** Their answers are a few kilobytes. */
const MOST_ANSWER = 64 * 1024;

interface Kept {
  readonly token: string;
  readonly untilMs: number;
}

/** @param nowMs Monotonic, so that a clock set anew neither keeps a token too long nor drops it. */
export function openTokenSource(settings: OAuthSettings, nowMs: () => number = () => performance.now()): TokenSource {
  const kept = new Map<string, Kept>();
  const asked = new Map<string, Promise<string>>();
  const ask = async (user: string): Promise<string> => {
    const sentMs = nowMs();
    const { token, seconds } = await request(settings, user);
    kept.set(user, { token, untilMs: sentMs + seconds * 1_000 - Math.min(EARLY_MS, seconds * 500) });
    return token;
  };
  return {
    token: async (user) => {
      const known = kept.get(user);
      if (known && known.untilMs > nowMs()) return known.token;
      // Ten connections that open at once ask once.
      const under = asked.get(user) ?? ask(user).finally(() => asked.delete(user));
      asked.set(user, under);
      return await under;
    },
    refused: (user) => void kept.delete(user),
  };
}

async function request(settings: OAuthSettings, user: string): Promise<{ readonly token: string; readonly seconds: number }> {
  const first = await post(settings, formOf(settings, user, Date.now()));
  // The assertion names its own time: where our clock is wrong, theirs is in the answer.
  const isSkewed = settings.kind === 'google' && first.status === 400 && /\biat\b|\bexp\b|timeframe|clock/i.test(first.text);
  const answer = isSkewed && first.theirMs !== null ? await post(settings, formOf(settings, user, first.theirMs)) : first;
  const body = parsed(answer.text);
  const token = body['access_token'];
  if (answer.status === 200 && typeof token === 'string' && /^[!-~]{1,16384}$/.test(token)) {
    const seconds = Number(body['expires_in']);
    return { token, seconds: Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, LONGEST_S) : USUAL_S };
  }
  throw oauthFailure(settings.kind, { status: answer.status, error: body['error'], description: body['error_description'] });
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly theirMs: number | null;
}

async function post({ tokenUrl }: OAuthSettings, form: URLSearchParams): Promise<Answer> {
  try {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: form,
      // A secret is not carried to wherever an answer points.
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    const theirMs = Date.parse(response.headers.get('date') ?? '');
    return { status: response.status, text: await bounded(response), theirMs: Number.isNaN(theirMs) ? null : theirMs };
  } catch {
    throw new SignInError(
      'unreachable',
      `The sign-in server ${new URL(tokenUrl).host} could not be reached.`,
      'Check that this machine may reach it, and try again.',
    );
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MOST_ANSWER) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function formOf(settings: OAuthSettings, user: string, atMs: number): URLSearchParams {
  if (settings.kind === 'microsoft365') {
    return new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      // One scope for SMTP and IMAP alike; what the application may do was consented to by an administrator.
      scope: 'https://outlook.office365.com/.default',
    });
  }
  return new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion(settings, user, atMs) });
}

/** Begins a minute ago: a clock a little behind theirs is refused otherwise. */
function assertion(
  { serviceAccount, privateKey, keyId, tokenUrl }: Extract<OAuthSettings, { kind: 'google' }>,
  user: string,
  atMs: number,
): string {
  const issued = Math.floor(atMs / 1_000) - 60;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: 'RS256', typ: 'JWT', ...(keyId === null ? {} : { kid: keyId }) });
  const claims = part({
    iss: serviceAccount,
    sub: user,
    scope: 'https://mail.google.com/',
    aud: tokenUrl,
    iat: issued,
    exp: issued + 3_600,
  });
  return `${head}.${claims}.${createSign('RSA-SHA256').update(`${head}.${claims}`).sign(privateKey, 'base64url')}`;
}
