/**
 * Names why a mail did not arrive, from a delivery report: the action is believed first, then the status (RFC 3463), then the words. Pure.
 * Only `hard` says something about the address; `blocked` says something about us.
 */
import type { ReportedRecipient } from './inbound-mail.ts';

export const BOUNCE_CLASSES = ['hard', 'soft', 'blocked', 'too-big', 'unknown', 'unreadable'] as const;
/** `unreadable`: the report does not say what became of the mail, so nothing follows from it but that a person looks. */
export type BounceClass = (typeof BOUNCE_CLASSES)[number];

/** What each means, as the rest of a sentence about the mail. */
export const BOUNCE_WORDS: Readonly<Record<BounceClass, string>> = {
  hard: 'the address does not exist',
  soft: 'the mailbox could not take it for days',
  blocked: 'their mail system refuses mail of ours',
  'too-big': 'it was too large for them',
  unknown: 'it was returned for a reason that is not clear',
  unreadable: 'a report came back that says nothing readable',
};

/** Faults of the address itself, and a mailbox closed for good. */
const HARD = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);

export function bounceClass({ status, diagnostic }: ReportedRecipient): BounceClass {
  const code = tellingStatus(status, diagnostic);
  if (code === null) return isAboutPolicy(diagnostic) ? 'blocked' : 'unknown';
  if (HARD.has(code)) return 'hard';
  if (code.startsWith('4.') || code === '5.2.2') return 'soft';
  if (code.startsWith('5.7.')) return 'blocked';
  if (code === '5.3.4' || code === '5.2.3') return 'too-big';
  return isAboutPolicy(diagnostic) ? 'blocked' : 'unknown';
}

/** Some systems write 5.0.0 into the report and the real code into the words of the server they quote. */
function tellingStatus(status: string | null, diagnostic: string | null): string | null {
  if (status !== null && !/^[245]\.0\.0$/.test(status)) return status;
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(diagnostic ?? '')?.[1] ?? status;
}

const isAboutPolicy = (diagnostic: string | null): boolean =>
  /\b(?:policy|spam|dmarc|spf|dkim|blacklist|block ?list|reputation)\b/i.test(diagnostic ?? '');
