/**
 * One connection to the mail server, used for one message at a time. Uses the mail library's connection class directly: its
 * transports and pools may queue and try again by themselves, and a payment reminder is tried once per decision.
 */
import { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpFailure, WireEvidence } from './classify-outcome.ts';
import type { ComposedMessage } from './compose-message.ts';
import type { SmtpSettings } from './mail-settings.ts';
import type { TokenSource } from './oauth/access-token.ts';
import { WireLog } from './wire-log.ts';

export class SmtpSession {
  readonly #log = new WireLog();
  readonly #connection: SMTPConnection;
  readonly #settings: SmtpSettings;
  readonly #tokens: TokenSource | null;
  #messages = 0;
  #isOpen = false;
  /** Ends the step under way; `null` while nothing is. */
  #settle: ((failure: SmtpFailure | null) => void) | null = null;

  /** @param tokens Where the mail provider takes tokens in place of a password. */
  constructor(settings: SmtpSettings, tokens: TokenSource | null) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#connection = new SMTPConnection(connectionOptions(settings, this.#log));
    this.#connection.on('error', (error: unknown) => this.#ended(failureOf(error)));
    // A send that failed reports its own error right after 'end', and knows more: let it come first.
    this.#connection.on('end', () => setImmediate(() => this.#ended(CLOSED)));
  }

  /** True while another message may be sent over it. */
  get isUsable(): boolean {
    const socket = this.#connection._socket;
    return this.#isOpen && this.#messages < this.#settings.messagesPerConnection && !!socket && socket.writable && !socket.readableEnded;
  }

  /** Connects when needed, logs in, sends; ends on its own, on `signal`, or at the time limit, whichever is first. */
  async send(message: ComposedMessage, signal: AbortSignal | undefined): Promise<WireEvidence> {
    const isReused = this.#messages > 0;
    this.#log.startMessage();
    let endedByUs: WireEvidence['endedByUs'] = null;
    const end = (why: 'stopped' | 'time-limit') => (): void => {
      endedByUs ??= why;
      this.close();
      this.#ended(why === 'stopped' ? STOPPED : TOO_LATE);
    };
    const stop = end('stopped');
    const timer = setTimeout(end('time-limit'), this.#settings.attemptTimeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    const failure = signal?.aborted ? STOPPED : await this.#connectAndSend(message);
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    this.#messages += 1;
    if (signal?.aborted && failure === STOPPED) endedByUs = 'stopped';
    // Only a clean yes leaves a connection whose state is known for sure.
    if (failure !== null) this.close();
    return { progress: this.#log.progress, failure, endedByUs, isReused };
  }

  /** Connects and logs in, within the time limit of a mail, and sends nothing. */
  async greet(): Promise<WireEvidence> {
    this.#log.startMessage();
    let endedByUs: WireEvidence['endedByUs'] = null;
    const timer = setTimeout(() => {
      endedByUs = 'time-limit';
      this.close();
      this.#ended(TOO_LATE);
    }, this.#settings.attemptTimeoutMs);
    const failure = await this.#open();
    clearTimeout(timer);
    return { progress: this.#log.progress, failure, endedByUs, isReused: false };
  }

  /** Cuts the connection at once; bytes not yet sent are dropped, so that nothing leaves after its outcome was decided. */
  close(): void {
    this.#isOpen = false;
    this.#connection.close();
  }

  /** Says goodbye politely; for connections with nothing under way. */
  quit(): void {
    const isAlive = this.#isOpen && this.#connection._socket && this.#connection._socket.writable;
    this.#isOpen = false;
    if (!isAlive) return this.close();
    this.#connection.quit();
    // Nobody waits for a server that does not answer a goodbye.
    setTimeout(() => this.close(), QUIT_TIMEOUT_MS).unref();
  }

  async #connectAndSend(message: ComposedMessage): Promise<SmtpFailure | null> {
    const failure = this.#isOpen ? null : await this.#open();
    if (failure) return failure;
    const envelope = { from: message.envelope.from, to: [message.envelope.to], dsn: reportFor(message) };
    return this.#step((done) => this.#connection.send(envelope, this.#bodyOf(message), done));
  }

  async #open(): Promise<SmtpFailure | null> {
    const failure = (await this.#step((done) => this.#connection.connect(done))) ?? (await this.#login());
    this.#isOpen = failure === null;
    return failure;
  }

  async #login(): Promise<SmtpFailure | null> {
    const { user, password } = this.#settings;
    if (user === null) return null;
    const tokens = this.#tokens;
    if (tokens !== null) return await this.#loginByToken(user, tokens);
    return this.#step((done) => this.#connection.login({ user, pass: password ?? '' }, done));
  }

  /** A token may end early: what the server says to a new one is its answer. */
  async #loginByToken(user: string, tokens: TokenSource): Promise<SmtpFailure | null> {
    const login = () => this.#step((done) => this.#connection.login(bearer(user, tokens), done));
    const refused = await login();
    if (refused === null || refused.response === null) return refused;
    tokens.refused(user);
    return await login();
  }

  #step(start: (done: (error?: unknown) => void) => void): Promise<SmtpFailure | null> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      start((error) => this.#ended(error ? failureOf(error) : null));
    });
  }

  #ended(failure: SmtpFailure | null): void {
    const settle = this.#settle;
    this.#settle = null;
    if (failure !== null) this.#isOpen = false;
    settle?.(failure);
  }

  /**
   * The message, held back until the event loop has looked at the connection once more after the 354: a server that asked for
   * the message and hung up at once was never given it, and the attempt stays a plain "not sent" instead of "uncertain".
   */
  #bodyOf({ bytes }: ComposedMessage): Readable {
    let isStarted = false;
    const body: Readable = new Readable({
      read: () => {
        if (isStarted) return;
        isStarted = true;
        setImmediate(() =>
          setImmediate(() => {
            const socket = this.#connection._socket;
            if (!socket || socket.readableEnded || socket.destroyed) return;
            body.push(bytes);
            body.push(null);
          }),
        );
      },
    });
    return body;
  }
}

/**
 * Asks for delivery reports (RFC 3461) where the server offers them: a success report is what lifts an uncertain attempt. Reports name
 * the message by its Message-ID and return its headers only. No ORCPT: it would be the same for every recipient, and there is one.
 */
const reportFor = ({ messageId }: ComposedMessage) => ({
  id: messageId.slice(1, -1),
  return: 'headers' as const,
  notify: ['success' as const, 'failure' as const, 'delay' as const],
});

/** Signs in by a token (XOAUTH2). */
function bearer(user: string, tokens: TokenSource): SMTPConnectionAuth {
  const giveToken = callbackify((of: string) => tokens.token(of));
  const oauth2 = {
    getToken: (_isRetry: boolean, done: (error: Error | null, token: string) => void): void => giveToken(user, done),
    buildXOAuth2Token: (token: string): string => Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64'),
  };
  // The library's own class asks for tokens by itself, in one way; all it calls of it are these two.
  return { type: 'oauth2', method: 'XOAUTH2', user, oauth2: oauth2 as unknown as NonNullable<SMTPConnectionAuth['oauth2']> };
}

type SMTPConnectionAuth = NonNullable<Parameters<SMTPConnection['login']>[0]>;

function connectionOptions(settings: SmtpSettings, logger: WireLog): ConstructorParameters<typeof SMTPConnection>[0] {
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'starttls',
    ignoreTLS: settings.tls === 'off',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(settings.ca === null ? {} : { ca: settings.ca }) },
    connectionTimeout: settings.connectionTimeoutMs,
    greetingTimeout: settings.greetingTimeoutMs,
    socketTimeout: settings.socketTimeoutMs,
    // Destroy instead of flush: what is still buffered must not reach the server after the attempt was called off.
    socketCloseTimeout: 0,
    // A reply is a few lines; a server that floods is cut off long before it costs memory.
    maxResponseSize: 64 * 1024,
    logger,
    transactionLog: true,
  };
}

const QUIT_TIMEOUT_MS = 2_000;

const CLOSED: SmtpFailure = {
  code: 'ECONNECTION',
  originalCode: null,
  command: 'CONN',
  response: null,
  message: 'the connection was closed',
};
const STOPPED: SmtpFailure = { ...CLOSED, code: 'EABORT', message: 'stopped' };
const TOO_LATE: SmtpFailure = { ...CLOSED, code: 'ETIMEDOUT', message: 'no answer within the time limit' };

function failureOf(error: unknown): SmtpFailure {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  return {
    code: text('code'),
    originalCode: text('originalCode'),
    command: text('command'),
    response: text('response'),
    message: text('message') ?? String(error),
  };
}
