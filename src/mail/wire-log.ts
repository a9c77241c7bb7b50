/**
 * Watches one SMTP connection and remembers how far the present message got. The mail library reports the same error for a
 * connection lost before the message and one lost after it was accepted; only its running commentary tells them apart.
 * Keeps commands' verbs and the last reply, never addresses, credentials or content.
 */

/** `unseen` DATA means the message was not asked for yet; the body is `whole` once its final dot was written. */
export interface WireProgress {
  readonly isEnvelopeStarted: boolean;
  /** The server answered DATA with 354, as it must before a message may follow. */
  readonly isBodyWanted: boolean;
  readonly isBodyHandedOver: boolean;
  /** The complete reply to the message itself, once it came. */
  readonly finalReply: string | null;
  /** The last complete reply to anything. */
  readonly lastReply: string | null;
}

interface LogEntry {
  readonly tnx?: string;
}

const NOTHING: WireProgress = { isEnvelopeStarted: false, isBodyWanted: false, isBodyHandedOver: false, finalReply: null, lastReply: null };

/** Implements the library's logger interface; pass it with `transactionLog: true`. */
export class WireLog {
  #progress: WireProgress = NOTHING;
  #awaited: string[] = [];

  get progress(): WireProgress {
    return this.#progress;
  }

  /** Forgets the message before, when a connection is used again. */
  startMessage(): void {
    this.#progress = NOTHING;
    this.#awaited = [];
  }

  debug(entry: LogEntry | undefined, text: unknown): void {
    if (entry?.tnx === 'client') this.#sawCommand(String(text));
    if (entry?.tnx === 'server') this.#sawReply(String(text));
  }

  info(entry: LogEntry | undefined): void {
    if (entry?.tnx === 'message') this.#handedOver();
  }

  trace(): void {}
  warn(): void {}
  error(): void {}
  fatal(): void {}

  #sawCommand(command: string): void {
    const verb = command.split(' ', 1)[0]?.toUpperCase() ?? '';
    if (verb === 'MAIL') this.#progress = { ...this.#progress, isEnvelopeStarted: true };
    // The library ends a message nobody is to get with a bare dot; whatever the server makes of it, something was handed over.
    if (verb === '.') this.#handedOver();
    else this.#awaited.push(verb);
  }

  #sawReply(reply: string): void {
    const answered = this.#awaited.shift();
    const isFinal = answered === BODY;
    const isBodyWanted = this.#progress.isBodyWanted || (answered === 'DATA' && /^354(?:\D|$)/.test(reply));
    this.#progress = { ...this.#progress, lastReply: reply, isBodyWanted, finalReply: isFinal ? reply : this.#progress.finalReply };
  }

  #handedOver(): void {
    this.#progress = { ...this.#progress, isBodyHandedOver: true };
    this.#awaited.push(BODY);
  }
}

/** Stands for the message among the commands whose replies are awaited. */
const BODY = '.';
