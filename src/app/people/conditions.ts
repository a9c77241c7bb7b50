/**
 * The conditions of the permission table: what depends on the record and not on the role alone. Each decides from facts its caller
 * has read under lock, and gives the reason in words, or `null` when nothing stands against it. They read nothing and write nothing.
 */
import type { UserId } from '../../domain/ids.ts';
import type { EscalationLevel, Role } from '../../domain/vocabulary.ts';

export interface Condition {
  /** Stable, for the audit and the documentation. */
  readonly name: string;
  /** As the documentation says it. */
  readonly about: string;
}

export interface Objection {
  /** Name of the condition; written to the audit as `refused: NAME`. */
  readonly condition: string;
  readonly message: string;
  readonly tryThis: string;
}

interface Judged<Facts> extends Condition {
  judge(facts: Facts): Objection | null;
}

type Words = readonly [message: string, tryThis: string];

const condition = <Facts>(name: string, about: string, objection: (facts: Facts) => Words | null): Judged<Facts> => ({
  name,
  about,
  judge: (facts) => {
    const words = objection(facts);
    return words === null ? null : { condition: name, message: words[0], tryThis: words[1] };
  },
});

interface OnReminder {
  readonly id: number;
  readonly isOnePerson: boolean;
  /** `null` for a daemon, which neither approves nor settles for anybody. */
  readonly userId: UserId | null;
}

const ASK_APPROVER = 'Ask a colleague with that role.';

/** Limits on how far an OPERATOR may go; an APPROVER, and the program itself, go further. */
interface OnLimit {
  readonly isApprover: boolean;
  readonly limit: number;
}

export const conditions = {
  finalByAnother: condition<OnReminder & { readonly level: EscalationLevel; readonly shapers: readonly UserId[] }>(
    'four-eyes',
    'A FINAL is approved by somebody who neither composed, escalated nor edited it, unless the company is one person.',
    ({ id, level, isOnePerson, userId, shapers }) => {
      if (level !== 'FINAL' || isOnePerson || userId === null || !shapers.includes(userId)) return null;
      return [`Reminder ${id} is a FINAL that you composed, escalated or edited yourself.`, 'Ask another APPROVER to look at it.'];
    },
  ),
  settledByAnother: condition<OnReminder & { readonly approvedBy: UserId | null }>(
    'settled-by-another',
    'An uncertain reminder is settled by somebody who did not approve it, unless the company is one person.',
    ({ id, approvedBy, isOnePerson, userId }) => {
      if (isOnePerson || userId === null || approvedBy !== userId) return null;
      return [`Reminder ${id} was approved by you, so somebody else says what became of it.`, 'Ask another APPROVER to settle it.'];
    },
  ),
  requestSettledByAnother: condition<OnReminder & { readonly orderedBy: UserId | null }>(
    'request-settled-by-another',
    'Uncertain mail on request is settled by somebody who did not order it, unless the company is one person.',
    ({ id, orderedBy, isOnePerson, userId }) => {
      if (isOnePerson || userId === null || orderedBy !== userId) return null;
      return [`Mail ${id} was ordered by you, so somebody else says what became of it.`, 'Ask another APPROVER to settle it.'];
    },
  ),
  bankByAnother: condition<OnReminder & { readonly requestedBy: UserId | null }>(
    'bank-by-another',
    'A bank account is confirmed by somebody who did not propose it, unless the company is one person.',
    ({ id, requestedBy, isOnePerson, userId }) =>
      isOnePerson || userId === null || requestedBy !== userId
        ? null
        : [`Bank account ${id} was proposed by you, so somebody else confirms it.`, 'Ask a colleague who knows the account.'],
  ),
  longBlockByApprover: condition<OnLimit & { readonly days: number | null }>(
    'long-block',
    'A block without an end, or longer than the policy lets an OPERATOR block (14 days), takes an APPROVER.',
    ({ isApprover, days, limit }) => {
      if (isApprover || (days !== null && days <= limit)) return null;
      return [`${days === null ? 'A block without an end' : `A block of more than ${limit} days`}: it takes an APPROVER.`, ASK_APPROVER];
    },
  ),
  farPromiseByApprover: condition<OnLimit & { readonly days: number }>(
    'far-promise',
    'A promise further ahead than the policy lets an OPERATOR block (14 days) takes an APPROVER.',
    ({ isApprover, days, limit }) =>
      isApprover || days <= limit ? null : [`A promise more than ${limit} days ahead: it takes an APPROVER.`, ASK_APPROVER],
  ),
  promiseAfterBrokenByApprover: condition<OnLimit & { readonly customerCode: string; readonly broken: number }>(
    'third-promise',
    'A promise of a customer who broke as many as the policy allows (2) takes an APPROVER.',
    ({ isApprover, customerCode, broken, limit }) =>
      isApprover || broken < limit
        ? null
        : [`Customer ${customerCode} has broken ${broken} promises; another one: it takes an APPROVER.`, ASK_APPROVER],
  ),
  ownSuppressionLifted: condition<{ readonly isApprover: boolean; readonly reason: string }>(
    'returned-address',
    'An address that mail came back from, or whose owner complained, is taken off the list of suppressed ones by an APPROVER.',
    ({ isApprover, reason }) =>
      isApprover || reason === 'OPERATOR' || reason === 'WRONG_PERSON'
        ? null
        : ['That address came onto the list by itself (mail was returned, or somebody complained): it takes an APPROVER.', ASK_APPROVER],
  ),
  decisionsByApprover: condition<{ readonly isDecider: boolean; readonly settings: readonly string[] }>(
    'decisions',
    'Whether a customer is collected from at all, who is billed, and its limits are set by an APPROVER or an ADMIN.',
    ({ isDecider, settings }) =>
      isDecider || settings.length === 0 ? null : [`Setting ${settings.join(', ')} takes an APPROVER or an ADMIN.`, ASK_APPROVER],
  ),
  adminRemains: condition<{ readonly login: string; readonly isOnlyAdmin: boolean; readonly remainsAdmin: boolean }>(
    'last-admin',
    'The last active ADMIN of a company is neither deactivated nor stripped of the role.',
    ({ login, isOnlyAdmin, remainsAdmin }) =>
      isOnlyAdmin && !remainsAdmin
        ? [`${login} is the last active ADMIN: without one nobody could give a role again.`, 'Make somebody else ADMIN first.']
        : null,
  ),
  rolesByAnother: condition<{ readonly isSelf: boolean; readonly isOnePerson: boolean; readonly gained: readonly Role[] }>(
    'own-roles',
    'Nobody gives themselves a role, unless the company is one person.',
    ({ isSelf, isOnePerson, gained }) =>
      isSelf && !isOnePerson && gained.length > 0
        ? [`You cannot make yourself ${gained.join(' and ')}.`, 'Ask another ADMIN, who answers for it.']
        : null,
  ),
  twoPersonWithTwo: condition<{ readonly activeUsers: number }>(
    'two-people',
    'One-person mode ends only by the order of an ADMIN, and only where two people are active.',
    ({ activeUsers }) =>
      activeUsers < 2
        ? ['There is only one active person, who could not be told apart from a second one.', 'Add the other person first.']
        : null,
  ),
  tokenByLogin: condition<{ readonly isByToken: boolean }>(
    'token-by-login',
    'A token is made by somebody recognised by their operating-system login: a stolen token must not make its successor.',
    ({ isByToken }) =>
      isByToken
        ? [
            'You act by a token, and a token makes no further tokens.',
            'Log in to this machine as yourself, unset WAFA_TOKEN, and make it there.',
          ]
        : null,
  ),
  ownToken: condition<{ readonly id: number; readonly isOwn: boolean; readonly isAdmin: boolean }>(
    'own-token',
    'A token is revoked by whom it stands for, or by an ADMIN.',
    ({ id, isOwn, isAdmin }) => (isOwn || isAdmin ? null : [`There is no token ${id} of yours.`, 'Run `wafa login list` to see yours.']),
  ),
} as const;
