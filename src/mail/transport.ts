/**
 * What sending needs from the outside world: hand one finished message to one recipient, once, and say what is known of it.
 * A transport never tries twice, never queues, and never throws for what a server or a disk does: that is an outcome. It
 * throws only for a fault of ours, before anything was handed over.
 */
import type { ComposedMessage } from './compose-message.ts';
import type { RelayLimits } from './relay-preset.ts';

/** What every outcome carries, for the attempt's record. `replyText` is safe to show: one line, controls made visible. */
export interface AttemptRecord {
  /** True once the whole message, its final dot included, was given to the other side: from then on it may have been taken. */
  readonly isBodyHandedOver: boolean;
  readonly replyCode: number | null;
  readonly replyText: string | null;
}

/** Which lamp of the circuit breaker an unsent message speaks for; `null` when it says nothing about the relay. */
export type BreakerCause = 'auth' | 'tls' | 'connection' | null;

export type SendOutcome = AttemptRecord &
  (
    | { readonly kind: 'ACCEPTED'; readonly queueId: string | null }
    /** Definitely not taken, may be later. `slow-domain`: the server asks for fewer; `limited`: try once more, not for days. */
    | { readonly kind: 'TEMPORARY'; readonly hint: 'slow-domain' | 'limited' | null }
    /** Definitely not taken, ever. `suppressAddress` only when the server said that this mailbox does not exist. */
    | { readonly kind: 'REFUSED'; readonly suppressAddress: boolean }
    /** Nobody can know. Never sent again automatically. */
    | { readonly kind: 'UNCERTAIN'; readonly why: string }
    /** Definitely not taken, and the server said nothing about this message: not counted as an attempt on the address. */
    | { readonly kind: 'NOT_SENT'; readonly why: string; readonly breaker: BreakerCause }
  );

export interface MailTransport {
  readonly kind: 'smtp' | 'outbox';
  /** True when no customer can be reached: the outbox, or a mail server on this machine. */
  readonly isLoopback: boolean;
  /** For screens and logs, without secrets: `smtp.example.ae:587`, or the outbox folder marked as sent to nobody. */
  readonly label: string;
  /** How fast it may be used. */
  readonly limits: RelayLimits;
  /** How many sends may run at once; more is a fault of the caller. */
  readonly slots: number;
  /**
   * One attempt. Aborting `signal` ends it: NOT_SENT before the message was handed over, UNCERTAIN after.
   * @throws BugError when more than `slots` run, or after `close`.
   */
  send(message: ComposedMessage, signal?: AbortSignal): Promise<SendOutcome>;
  /** Ends idle connections; sends under way finish first. */
  close(): Promise<void>;
}
