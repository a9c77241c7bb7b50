/** How things stand, for the person on duty: is mail leaving, what waits for whom, how old is the ledger. Reads only. */
import { act } from './act.ts';
import { planningContext } from './company-facts.ts';
import { mailboxStanding } from './inbox/mailbox-standing.ts';
import { signInEndsOn } from './inbox/sign-in-end.ts';
import type { Session } from './session.ts';
import { taskCounts } from './task-counts.ts';
import { nextAllowed } from '../domain/calendar/next-allowed.ts';
import { unconfirmedWithin } from '../domain/calendar/unconfirmed-days.ts';
import { planningDay } from '../domain/planning-day.ts';
import { STATUS_WORDS } from '../domain/reminder-states.ts';
import { dueWork } from '../store/sql/daemon/due-work.ts';
import { latestSlots } from '../store/sql/daemon/job-slots.ts';
import { daemonRows } from '../store/sql/daemon/presence.ts';
import { sendingSwitches } from '../store/sql/dispatch/gate-locks.ts';
import { planRuns } from '../store/sql/plan-runs.ts';
import { liveCounts } from '../store/sql/reminders/queue-page.ts';

export const readStatus = (session: Session) =>
  act(
    session,
    'status',
    async (context) => {
      const { tx, company, now, today } = context;
      const { mail, programVersion, clock } = session.installation;
      const switches = await sendingSwitches(tx);
      const calendar = await context.calendar();
      const window = nextAllowed(calendar, now);
      const [lastRun] = await planRuns(tx, 1);
      const inbox = await mailboxStanding(context);
      const { due, oldestDueAt, uncertain, stuck } = await dueWork(tx, now);
      return {
        program: programVersion,
        company: { code: company.code, name: company.name, isSample: company.isSample, isOnePerson: company.isOnePerson },
        now: now.toString(),
        today: today.toString(),
        clockOverridden: clock.isOverridden,
        transport: {
          kind: mail.kind,
          reachesCustomers: mail.kind === 'smtp' && !mail.isLoopback,
          host: mail.kind === 'smtp' ? `${mail.host}:${mail.port}` : null,
        },
        sending: {
          stopped: switches.isSendingStopped ? (switches.sendingStoppedReason ?? 'all sending is stopped') : null,
          paused: company.isPaused ? (company.pausedReason ?? 'paused') : null,
          quietUntil: company.quietUntil?.toString() ?? null,
          windowOpen: window.kind === 'open',
          opensAt: window.kind === 'closed' ? window.until.toString() : null,
        },
        ledger: {
          invoicesAsOn: company.ledgerInvoicesAsOn?.toString() ?? null,
          receiptsAsOn: company.ledgerReceiptsAsOn?.toString() ?? null,
          // The older of the two decides: invoices alone say nothing about what was paid.
          staleSince: planningDay(await planningContext(context)).ledgerStaleSince?.toString() ?? null,
        },
        reminders: (await liveCounts(tx)).map(({ deliveryStatus, reminders, oldestOn }) => ({
          status: deliveryStatus,
          statusWord: STATUS_WORDS[deliveryStatus],
          reminders,
          oldestOn: oldestOn.toString(),
        })),
        tasks: (await taskCounts(tx))
          .filter(({ count }) => count > 0)
          .map(({ kind, count, oldestOn }) => ({ kind, count, oldestOn: oldestOn?.toString() ?? null })),
        lastRun: lastRun
          ? { id: lastRun.id, asOn: lastRun.asOn.toString(), reminders: lastRun.reminders, finishedAt: lastRun.finishedAt.toString() }
          : null,
        inbox:
          inbox === null
            ? null
            : {
                mailbox: inbox.label,
                readAt: inbox.row?.readAt?.toString() ?? null,
                failedWhy: inbox.row?.failedWhy ?? null,
                stale: inbox.isStale,
              },
        signInEndsOn: signInEndsOn(session)?.toString() ?? null,
        work: { due, oldestDueAt: oldestDueAt?.toString() ?? null, uncertain, stuck },
        daemons: (await daemonRows(tx)).map(({ host, pid, programVersion: program, startedAt, heartbeatAt, isAlive }) => ({
          host,
          pid,
          program,
          startedAt: startedAt.toString(),
          heartbeatAt: heartbeatAt.toString(),
          alive: isAlive,
        })),
        jobs: (await latestSlots(tx)).map(({ job, slotAt, finishedAt, outcome }) => ({
          job,
          slotAt: slotAt.toString(),
          finishedAt: finishedAt?.toString() ?? null,
          outcome,
        })),
        daysToConfirm: unconfirmedWithin(calendar, today).map(({ key, status, days }) => ({ key, status, days: days.map(String) })),
      };
    },
    { isReadOnly: true },
  );

export type StatusView = Awaited<ReturnType<typeof readStatus>>;
