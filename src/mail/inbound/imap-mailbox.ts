/**
 * One mailbox over IMAP, looked at and never touched: opened for reading alone, so that the server itself keeps marks and mails as they are.
 * Whatever the server does, a reading ends: every wait has its limit, every answer its size.
 */
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { openTokenSource, type TokenSource } from '../oauth/access-token.ts';
import { refusalWords, SignInError } from '../oauth/sign-in-error.ts';
import { safeText } from '../../domain/safe-text.ts';
import type { MailboxSettings } from './mailbox-settings.ts';
import { MOST_BYTES } from './read-message.ts';

export interface FoundInMailbox {
  readonly uid: number;
  /** The beginning of the mail, as much as is looked at. */
  readonly bytes: Buffer;
}

export interface Mailbox {
  readonly label: string;
  /** Connects when needed. Another value than before: the server has numbered its mails anew. @throws MailboxError */
  open(): Promise<{ readonly uidValidity: number; readonly mails: number }>;
  /** Mails above a number, the lowest first; `null`: those of the last thirty days. @throws MailboxError */
  after(uid: number | null): AsyncIterable<FoundInMailbox>;
  /** Hears of new mail while connected. */
  onNews(heard: () => void): void;
  close(): Promise<void>;
}

/** Why it cannot be read, in plain words; free of secrets. */
export class MailboxError extends Error {
  readonly tryThis: string;

  constructor(message: string, tryThis: string) {
    super(message);
    this.name = 'MailboxError';
    this.tryThis = tryThis;
  }
}

/** A server that is slower than this is down; a mail of ours is a few kilobytes. Tests shorten it. */
export interface MailboxTimes {
  readonly connectMs: number;
  readonly silenceMs: number;
}

const TIMES: MailboxTimes = { connectMs: 30_000, silenceMs: 60_000 };
/** Far enough back to find what came while nobody read; further back is over for reminders. */
const FIRST_DAYS = 30;
/** At once: a quarter of a megabyte each, one after the other. */
const SLICE = 50;

export function imapMailbox(settings: MailboxSettings, times: MailboxTimes = TIMES): Mailbox {
  const tokens = settings.login.kind === 'oauth' ? openTokenSource(settings.login.oauth) : null;
  let client: ImapFlow | null = null;
  let heard: () => void = () => undefined;

  const connected = async (): Promise<ImapFlow> => {
    if (client?.usable) return client;
    const fresh = new ImapFlow(optionsOf(settings, await signIn(settings, tokens), times));
    // A connection that ends while nobody asks is simply opened anew.
    fresh.on('error', () => undefined);
    fresh.on('exists', () => heard());
    client = fresh;
    await fresh.connect();
    await fresh.mailboxOpen(settings.folder, { readOnly: true });
    return fresh;
  };

  const close = async (): Promise<void> => {
    const last = client;
    client = null;
    if (last?.usable)
      await Promise.race([last.logout().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    last?.close();
  };

  /** What fails leaves no connection behind: its state is not known. */
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      client?.close();
      client = null;
      throw mailboxError(settings, error, tokens);
    }
  };

  return {
    label: settings.label,
    open: () =>
      guarded(async () => {
        const opened = await connected();
        // Asks the server; what came since the mailbox was opened is announced with the answer.
        await opened.noop();
        if (!opened.mailbox) throw new Error('no mailbox is open');
        return { uidValidity: Number(opened.mailbox.uidValidity), mails: opened.mailbox.exists };
      }),
    after: async function* (uid) {
      const uids = await guarded(async () => await uidsAfter(await connected(), uid));
      for (let index = 0; index < uids.length; index += SLICE) {
        const slice = uids.slice(index, index + SLICE);
        const mails = await guarded(async () => await fetched(await connected(), slice));
        yield* mails;
      }
    },
    onNews: (listener) => {
      heard = listener;
    },
    close,
  };
}

async function signIn({ user, login }: MailboxSettings, tokens: TokenSource | null): Promise<NonNullable<ImapFlowOptions['auth']>> {
  if (login.kind === 'password') return { user, pass: login.password };
  return { user, accessToken: (await tokens?.token(user)) ?? '' };
}

const optionsOf = (
  { host, port, tls, ca }: MailboxSettings,
  auth: NonNullable<ImapFlowOptions['auth']>,
  { connectMs, silenceMs }: MailboxTimes,
): ImapFlowOptions => ({
  host,
  port,
  secure: tls === 'implicit',
  // Required, not taken where it is offered: a password does not travel in the open because somebody in between says so.
  doSTARTTLS: tls === 'starttls',
  tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === null ? {} : { ca }) },
  auth,
  logger: false,
  clientInfo: { name: 'wafa' },
  connectionTimeout: connectMs,
  greetingTimeout: connectMs,
  // IDLE sends something of its own well within it.
  socketTimeout: silenceMs,
  maxIdleTime: Math.floor(silenceMs / 2),
  autoIdleDelay: Math.min(2_000, Math.floor(silenceMs / 10)),
  disableCompression: true,
  maxLineLength: 1_048_576,
  maxLiteralSize: 2 * MOST_BYTES,
  maxResponseSize: 4 * MOST_BYTES,
  maxResponseTokens: 100_000,
});

async function uidsAfter(client: ImapFlow, uid: number | null): Promise<readonly number[]> {
  const since = new Date(Date.now() - FIRST_DAYS * 86_400_000);
  const found = await client.search(uid === null ? { since } : { uid: `${uid + 1}:*` }, { uid: true });
  // A range ending in * always names the last mail, also one below its beginning.
  return (found || []).filter((one) => one > (uid ?? 0)).toSorted((one, other) => one - other);
}

/** In order of their numbers; one that is gone meanwhile is left out. */
async function fetched(client: ImapFlow, uids: readonly number[]): Promise<readonly FoundInMailbox[]> {
  const mails: FoundInMailbox[] = [];
  for await (const mail of client.fetch([...uids], { uid: true, source: { start: 0, maxLength: MOST_BYTES } }, { uid: true })) {
    if (mail.source !== undefined) mails.push({ uid: mail.uid, bytes: mail.source.subarray(0, MOST_BYTES) });
  }
  return mails.toSorted((one, other) => one.uid - other.uid);
}

interface ImapFailure {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly response?: unknown;
  readonly responseText?: unknown;
  readonly authenticationFailed?: unknown;
  readonly oauthError?: unknown;
}

function mailboxError({ host, port, folder, user }: MailboxSettings, error: unknown, tokens: TokenSource | null): MailboxError {
  if (error instanceof MailboxError) return error;
  if (error instanceof SignInError) return new MailboxError(error.message, error.tryThis);
  const failure: ImapFailure = typeof error === 'object' && error !== null ? error : {};
  const words = [failure.response, failure.responseText, failure.message].find((one) => typeof one === 'string' && one !== '');
  const shown = safeText(typeof words === 'string' ? words : 'it gave no reason').slice(0, 200);
  if (failure.authenticationFailed === true) {
    tokens?.refused(user);
    const [what, tryThis] = refusalWords(`${shown} ${JSON.stringify(failure.oauthError ?? '')}`);
    return new MailboxError(`${host} did not let us into the mailbox: ${what} (${shown}).`, tryThis);
  }
  const code = typeof failure.code === 'string' ? failure.code : '';
  if (/CERT|SELF_SIGNED|VERIFY|TLS|SSL/.test(code))
    return new MailboxError(
      `No secure connection to ${host}:${port} (${code}).`,
      'Check the name in the address; name a private authority with IMAP_CA_FILE.',
    );
  return new MailboxError(
    `The mailbox ${folder} at ${host}:${port} could not be read: ${shown}.`,
    'Check the address of the mailbox and that the server runs.',
  );
}
