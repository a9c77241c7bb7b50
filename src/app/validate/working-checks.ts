/** Checks of the daily work: an old ledger, work nobody is at, and the audit chain. */
import { anchorFileOf } from '../audit/anchor-audit.ts';
import { readAnchors } from '../audit/anchor-file.ts';
import { auditFinding } from '../audit/audit-finding.ts';
import { followChain } from '../audit/verify-audit.ts';
import { planningContext } from '../company-facts.ts';
import { type Check, finding, found } from './check.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { planningDay } from '../../domain/planning-day.ts';
import { stuckJobs, stuckReminders } from '../../store/sql/validate/stuck-work.ts';

export const WORKING_CHECKS: readonly Check[] = [
  {
    id: 'ledger-age',
    holds: 'The ledger is as young as the policy wants it.',
    means: 'Reminders rest: nobody is asked for money that may have been paid since.',
    fix: "`wafa import` the newest ledger; look at the intake folder's `rejected/` where files come by themselves.",
    scope: 'company',
    find: async (act) => {
      const since = planningDay(await planningContext(act)).ledgerStaleSince;
      return found(since === null ? [] : [finding(`the ledger is as of ${since.toString()}`)]);
    },
  },
  {
    id: 'stuck-reminders',
    holds: 'Nothing is being sent for longer than a sender lives, no doubt is older than a day, no review older than a week.',
    means: "Somebody's turn was missed, and the account gets nothing meanwhile.",
    fix: 'Start a daemon or `wafa send` for what hangs; `wafa settle` doubts; `wafa release` and approve, or cancel, what needs review.',
    scope: 'company',
    find: ({ tx, now }) => stuckReminders(tx, now),
  },
  {
    id: 'stuck-jobs',
    holds: 'Every job that began has ended.',
    means: 'The daemon that ran it died, and no other has come since.',
    fix: 'Start a daemon: it takes the job over.',
    scope: 'company',
    find: ({ tx }) => stuckJobs(tx),
  },
  {
    id: 'audit-chain',
    holds: 'The audit chain is unbroken and agrees with its anchors.',
    means: 'Events were changed, deleted or added past Wafa.',
    fix: 'Change nothing: keep the database, its backups and the anchor file, and compare them. See docs/audit.md.',
    scope: 'company',
    find: async ({ tx }, session) => {
      try {
        const { marks } = await readAnchors(anchorFileOf(session, undefined), session.companyId);
        const { finding: fault } = await followChain(tx, marks);
        return found(fault === null ? [] : [finding(auditFinding(fault).message)]);
      } catch (error) {
        // The anchors themselves at fault is as bad as the chain.
        if (error instanceof OperatorError && error.code.startsWith('audit.')) return found([finding(error.message)]);
        throw error;
      }
    },
  },
];
