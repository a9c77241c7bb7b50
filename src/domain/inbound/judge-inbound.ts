/**
 * Says what a mail in the mailbox is: a report about a mail of ours, somebody's answer, a machine's, or nothing to do with us. Pure. In two
 * steps, because what it names has to be looked up in between: {@link cluesOf} says what to look for, {@link judgeInbound} judges with what
 * was found. A report is believed only about a mail that was sent, and only about the address it was sent to: anybody can write one.
 */
import { bounceClass, type BounceClass } from './bounce-class.ts';
import type { InboundMail, ReportedRecipient } from './inbound-mail.ts';
import type { SentMail } from './sent-mail.ts';

/** What may lead to a mail of ours, the surest first. */
export interface Clues {
  /** Message-IDs nobody can guess. */
  readonly messageIds: readonly string[];
  /** Beginnings of the random part of a Message-ID, sixteen hexadecimal digits. */
  readonly replyKeys: readonly string[];
  /** An address we may have written to; only for what a person wrote. */
  readonly from: string | null;
}

export type InboundVerdict =
  | { readonly kind: 'unrelated' }
  /** Says something about our mail that it cannot know. */
  | { readonly kind: 'forged'; readonly why: 'never-sent' | 'other-recipient' | 'not-ours' }
  | { readonly kind: 'delivered' | 'relayed' }
  | { readonly kind: 'delayed'; readonly status: string | null; readonly diagnostic: string | null }
  | { readonly kind: 'bounced'; readonly bounce: BounceClass; readonly status: string | null; readonly diagnostic: string | null }
  | { readonly kind: 'complaint' }
  | { readonly kind: 'auto-reply' }
  | { readonly kind: 'reply'; readonly by: MatchedBy };

/** How the mail of ours was found. */
export type MatchedBy = 'message-id' | 'reply-key' | 'address';

const isReport = ({ reportType }: InboundMail): boolean => reportType === 'delivery-status' || reportType === 'feedback-report';

export function cluesOf(mail: InboundMail): Clues {
  const { report, returned } = mail;
  if (!isReport(mail)) {
    return { messageIds: mail.answers, replyKeys: mail.replyKeys, from: isAutomatic(mail) ? null : mail.from };
  }
  const envelope = report?.envelopeId ? [`<${report.envelopeId}>`] : [];
  return {
    // What a report says in its own headers is the weakest: some systems thread it below the mail it returns.
    messageIds: [...envelope, ...(returned?.messageId ? [returned.messageId] : []), ...mail.answers],
    replyKeys: [...(returned?.replyKeys ?? []), ...mail.replyKeys],
    from: null,
  };
}

export interface FoundMail {
  readonly mail: SentMail;
  readonly by: MatchedBy;
}

/** @param found What the clues led to; `null`: nothing. */
export function judgeInbound(mail: InboundMail, found: FoundMail | null): InboundVerdict {
  if (isReport(mail)) return found === null ? unknownReport(mail) : judgeReport(mail, found.mail);
  if (found === null) return { kind: 'unrelated' };
  return isAutomatic(mail) ? { kind: 'auto-reply' } : { kind: 'reply', by: found.by };
}

/** Other people's reports come in too; one that names a Message-ID of our make and leads nowhere is made up. */
function unknownReport(mail: InboundMail): InboundVerdict {
  const isOurMake = cluesOf(mail).messageIds.some((id) => /^<rem\.[a-z0-9]{16,40}@/.test(id));
  return isOurMake ? { kind: 'forged', why: 'not-ours' } : { kind: 'unrelated' };
}

const BEFORE_SENDING = new Set(['PROPOSED', 'NEEDS_REVIEW', 'HELD']);

function judgeReport(mail: InboundMail, sent: SentMail): InboundVerdict {
  if (sent.deliveryStatus !== null && BEFORE_SENDING.has(sent.deliveryStatus)) return { kind: 'forged', why: 'never-sent' };
  if (mail.reportType === 'feedback-report') return { kind: 'complaint' };
  const recipients = mail.report?.recipients ?? [];
  // A damaged report: which mail it is about is known, what became of it is not.
  if (recipients.every(({ finalRecipient, originalRecipient }) => finalRecipient === null && originalRecipient === null)) return UNREADABLE;
  const ours = recipients.find((one) => names(one, sent.recipientAddress));
  return ours === undefined ? { kind: 'forged', why: 'other-recipient' } : judgeRecipient(ours);
}

const UNREADABLE: InboundVerdict = { kind: 'bounced', bounce: 'unreadable', status: null, diagnostic: null };

const names = ({ finalRecipient, originalRecipient }: ReportedRecipient, address: string): boolean =>
  [finalRecipient, originalRecipient].includes(address.toLowerCase());

function judgeRecipient(recipient: ReportedRecipient): InboundVerdict {
  const { action, status, diagnostic } = recipient;
  switch (action) {
    case 'delivered':
    case 'relayed':
      return { kind: action };
    // To several people behind the address: it has arrived as far as it can be known.
    case 'expanded':
      return { kind: 'relayed' };
    case 'delayed':
      return { kind: 'delayed', status, diagnostic };
    case 'failed':
      return { kind: 'bounced', bounce: bounceClass(recipient), status, diagnostic };
    default:
      return UNREADABLE;
  }
}

/** Written by a machine: an absence note, a receipt, a list. Nobody waits for an answer to it, and nobody has answered by it. */
export const isAutomatic = (mail: InboundMail): boolean =>
  (mail.autoSubmitted !== null && mail.autoSubmitted !== 'no') ||
  mail.reportType !== null ||
  mail.hasEmptyReturnPath ||
  mail.hasAutomaticHeader ||
  ['auto_reply', 'bulk', 'junk', 'list'].includes(mail.precedence ?? '') ||
  // Old systems say it in the subject alone. Somebody's answer begins with Re: or with our own words.
  /^(?:automatic reply|auto[ -]?reply|autoreply|out of (?:the )?office|رد تلقائي|الرد التلقائي|خارج المكتب)(?![\p{L}])/iu.test(
    mail.subject.trim(),
  );
