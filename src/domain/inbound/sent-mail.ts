/** A mail of ours that something came back about, as far as judging what came back needs it. */
import type { AttemptId, CustomerId, ReminderId, RequestedMailId } from '../ids.ts';
import type { DeliveryStatus } from '../vocabulary.ts';

export interface SentMail {
  readonly messageId: string;
  /** The newest attempt that may have handed it over. */
  readonly attemptId: AttemptId;
  /** Where that attempt sent it. */
  readonly recipientAddress: string;
  /** The account. */
  readonly customerId: CustomerId;
  /** Null for a statement or a copy somebody asked for. */
  readonly reminderId: ReminderId | null;
  readonly requestedId: RequestedMailId | null;
  readonly deliveryStatus: DeliveryStatus | null;
}
