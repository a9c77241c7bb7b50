/**
 * The last judgement before a byte can leave: may this reminder go now? Pure; the caller holds the locks and gives what it read under
 * them. Passing is never the default: every reason against is asked for, and the strongest decides.
 */
import type { Day, Instant } from './days.ts';
import { isBefore } from './days.ts';
import type { SkipReason } from './decision.ts';
import type { LiveJudgement } from './live-reminder.ts';

export interface GateQuestion {
  /** Sending as a whole is stopped: for the installation, or for the company. */
  readonly stoppedWhy: string | null;
  /** When the contact calendar opens next; `null` when it is open now, `'never'` when its year has no data. */
  readonly opensAt: Instant | 'never' | null;
  readonly judgement: LiveJudgement;
  readonly approval: {
    readonly kind: 'PERSON' | 'RULE' | null;
    /** Last day the approval holds; `null` for one given by rule, which is judged anew every day. */
    readonly lapsesOn: Day | null;
    /** The digest approved is the digest of what is stored now. */
    readonly bindsToWhatIsStored: boolean;
    /** The mail rendered now is the mail that was approved, byte for byte as a reader sees it. */
    readonly bindsToWhatIsRendered: boolean;
  };
  /** Interval and cap as of now, this day's own contact left out; empty for what a person ordered in spite of them. */
  readonly contactReasons: readonly SkipReason[];
  /** What the day itself forbids: this level in a quiet season, a planned reminder on a ledger too old to act on. */
  readonly dayReasons: readonly SkipReason[];
  /** The first working day after a long break: nothing leaves then without a person. */
  readonly isAfterLongBreak: boolean;
  /** Invoices or receipts were last heard of too long ago: what only a rule approved waits for a newer ledger. */
  readonly isLedgerStale: boolean;
  /** A planned reminder while the mailbox has gone unread for too long: somebody may have answered, and nobody here knows. */
  readonly isInboxStale: boolean;
  readonly today: Day;
}

export type GateVerdict =
  | { readonly kind: 'pass' }
  /** Stays approved and waits: until a day, an instant, or until somebody lifts the stop. */
  | { readonly kind: 'wait'; readonly why: string; readonly until: Day | Instant | null }
  | { readonly kind: 'review'; readonly changes: readonly string[] }
  | { readonly kind: 'cancel'; readonly changes: readonly string[] };

export function gateVerdict(question: GateQuestion): GateVerdict {
  const { judgement, approval } = question;
  if (judgement.kind === 'nothing-left') return { kind: 'cancel', changes: judgement.changes };
  const changes = [...approvalChanges(question), ...(judgement.kind === 'changed' ? judgement.changes : [])];
  if (changes.length > 0) return { kind: 'review', changes };
  if (question.isAfterLongBreak && approval.kind === 'RULE') {
    return { kind: 'review', changes: ['it is the first working day after a long break: a person has to look first'] };
  }
  if (question.stoppedWhy !== null) return { kind: 'wait', why: question.stoppedWhy, until: null };
  if (question.isInboxStale) return { kind: 'wait', why: 'inbox-stale', until: null };
  if (question.isLedgerStale && approval.kind === 'RULE') return { kind: 'wait', why: 'ledger-stale', until: null };
  if (question.opensAt === 'never') return { kind: 'wait', why: 'calendar-unconfirmed', until: null };
  if (question.opensAt !== null) return { kind: 'wait', why: 'outside-hours', until: question.opensAt };
  const [reason] = [...question.dayReasons, ...question.contactReasons];
  if (reason) return { kind: 'wait', why: reason.code, until: 'until' in reason ? reason.until : null };
  return { kind: 'pass' };
}

function approvalChanges({ approval, today }: GateQuestion): readonly string[] {
  if (approval.kind === null) return ['it is not approved'];
  const changes: string[] = [];
  if (approval.lapsesOn !== null && isBefore(approval.lapsesOn, today)) changes.push(`the approval lapsed on ${approval.lapsesOn}`);
  if (!approval.bindsToWhatIsStored) changes.push('what is stored is not what was approved');
  else if (!approval.bindsToWhatIsRendered)
    changes.push(
      'the mail would not read as it was approved: the words, the layout, the company details or the attached statement changed',
    );
  return changes;
}
