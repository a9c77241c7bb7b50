/**
 * What is read off one mail in the mailbox, as plain values: bounded, decoded, nothing executed, nothing believed. Whoever wrote the mail
 * chose every one of them, so none says anything until it is held against what was sent.
 */

/** One recipient in a delivery report (RFC 3464 §2.3), its values as they stand there. */
export interface ReportedRecipient {
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`; in lower case. */
  readonly action: string | null;
  /** RFC 3463, e.g. `5.1.1`. */
  readonly status: string | null;
  /** Addresses without their type (`rfc822;`), in lower case. */
  readonly finalRecipient: string | null;
  readonly originalRecipient: string | null;
  readonly diagnostic: string | null;
}

export interface DeliveryReport {
  /** The name we gave the envelope: our Message-ID without its brackets. */
  readonly envelopeId: string | null;
  readonly recipients: readonly ReportedRecipient[];
}

export interface InboundMail {
  /** Hash of its own Message-ID, else of its bytes; lower-case hex. The same mail delivered twice has the same. */
  readonly identity: string;
  /** Lower case; null when there is none or it is unreadable. */
  readonly from: string | null;
  readonly subject: string;
  /** Message-IDs it says it answers, with their brackets. */
  readonly answers: readonly string[];
  /** What stands behind the plus in the addresses it was delivered to. */
  readonly replyKeys: readonly string[];
  /** `<>`: no person expects an answer to it. */
  readonly hasEmptyReturnPath: boolean;
  /** Value of `Auto-Submitted` (RFC 3834), in lower case. */
  readonly autoSubmitted: string | null;
  /** `Precedence` in lower case. */
  readonly precedence: string | null;
  /** One of the headers that only autoresponders and mailing lists write. */
  readonly hasAutomaticHeader: boolean;
  /** `report-type` of a multipart/report: delivery-status, feedback-report, disposition-notification … */
  readonly reportType: string | null;
  readonly report: DeliveryReport | null;
  /** Of the mail a report gives back. */
  readonly returned: { readonly messageId: string | null; readonly replyKeys: readonly string[] } | null;
  /** The words of it, plain; at most a few thousand characters. */
  readonly text: string;
}
