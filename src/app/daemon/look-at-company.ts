/** What a daemon and the person on duty want to know of a company: what is due, what is stuck, whether the day's work was done. Reads only. */
import { act } from '../act.ts';
import { mailboxStanding } from '../inbox/mailbox-standing.ts';
import { signInEndsOn } from '../inbox/sign-in-end.ts';
import type { Session } from '../session.ts';
import { nextAllowed } from '../../domain/calendar/next-allowed.ts';
import { isWorkingDay } from '../../domain/calendar/working-days.ts';
import type { DayAtWork } from '../../domain/attention.ts';
import { dayOf, daysBetween, type Instant } from '../../domain/days.ts';
import { dueWork, lastImportAt } from '../../store/sql/daemon/due-work.ts';
import { latestSlots, type SlotRow } from '../../store/sql/daemon/job-slots.ts';
import { sendingSwitches } from '../../store/sql/dispatch/gate-locks.ts';
import { blockedSince } from '../../store/sql/inbox/email-events.ts';
import { planRuns } from '../../store/sql/plan-runs.ts';

export interface CompanyAtWork extends DayAtWork {
  readonly slots: readonly SlotRow[];
  /** When its mailbox was last read to its end; null without one. */
  readonly inboxReadAt: Instant | null;
}

export const lookAtCompany = (session: Session): Promise<CompanyAtWork> =>
  act(
    session,
    'status',
    async (context) => {
      const { tx, company, now, today } = context;
      const calendar = await context.calendar();
      const slots = await latestSlots(tx);
      const planned = slots.find(({ job, finishedAt }) => job === 'plan' && finishedAt !== null);
      const [run] = await planRuns(tx, 1);
      const importedAt = await lastImportAt(tx);
      const inbox = await mailboxStanding(context);
      const endsOn = signInEndsOn(session);
      const { isSendingStopped } = await sendingSwitches(tx);
      return {
        now,
        localTime: now.toZonedDateTimeISO(company.timeZone).toPlainTime(),
        isWorkingDay: isWorkingDay(calendar, today),
        isWindowOpen: nextAllowed(calendar, now).kind === 'open',
        isStopped: company.isPaused || isSendingStopped,
        wasPlannedToday:
          (planned !== undefined && dayOf(planned.slotAt, company.timeZone).equals(today)) || run?.asOn.equals(today) === true,
        wasImportedToday: importedAt !== null && dayOf(importedAt, company.timeZone).equals(today),
        hasLedger: company.ledgerInvoicesAsOn !== null,
        ...(await dueWork(tx, now)),
        isInboxStale: inbox?.isStale === true,
        inboxReadAt: inbox?.lastAt ?? null,
        blocked: await blockedSince(tx, now.subtract({ hours: 24 })),
        signInDaysLeft: endsOn === null ? null : daysBetween(today, endsOn),
        slots,
      };
    },
    { isReadOnly: true },
  );
