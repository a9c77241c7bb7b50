/** How the work goes: what waits and since when, cash at risk, how long approvals took, and who did what. Reads only. */
import { act, type Act } from '../act.ts';
import { periodFor, type PeriodRequest } from './insight-period.ts';
import { spanOf, type Days } from './past-days.ts';
import { moneyView } from '../reminder-view.ts';
import type { Session } from '../session.ts';
import { dayOf, daysBetween } from '../../domain/days.ts';
import { STATUS_WORDS } from '../../domain/reminder-states.ts';
import { approvalLatency, waitingReminders, workOfPeople } from '../../store/sql/insight/working.ts';

export const readQueueHealth = (session: Session, request: PeriodRequest) =>
  act(session, 'analytics', (context) => queueHealthOf(context, periodFor(request, context.today)), { isReadOnly: true });

export async function queueHealthOf(context: Act, period: Days) {
  const { tx } = context;
  const { byPerson, byRule, medianSeconds, ninthSeconds } = await approvalLatency(tx, spanOf(context, period));
  const people = Map.groupBy(await workOfPeople(tx, spanOf(context, period)), ({ login }) => login);
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    ...(await waitingNow(context)),
    approvals: { byPerson, byRule, medianMinutes: minutes(medianSeconds), nineOfTenMinutes: minutes(ninthSeconds) },
    work: [...people].map(([login, rows]) => ({
      login,
      acts: rows.reduce((sum, { acts }) => sum + acts, 0),
      verbs: rows.map(({ verb, acts }) => ({ verb, acts })),
    })),
  };
}

/** What waits, since when, and the cash at risk of it. */
export async function waitingNow({ tx, company, today }: Act) {
  const money = (minor: bigint) => moneyView({ minor, currency: company.baseCurrency });
  const waiting = await waitingReminders(tx);
  return {
    cashAtRisk: money(waiting.reduce((sum, { atRiskMinor }) => sum + atRiskMinor, 0n)),
    waiting: waiting.map(({ status, reminders, valueMinor, atRiskMinor, oldestAt }) => ({
      status,
      statusWord: STATUS_WORDS[status],
      reminders,
      value: money(valueMinor),
      atRisk: money(atRiskMinor),
      oldestDays: Math.max(0, daysBetween(dayOf(oldestAt, company.timeZone), today)),
    })),
  };
}

export type WaitingView = Awaited<ReturnType<typeof waitingNow>>;

const minutes = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds / 6) / 10);

export type QueueHealthView = Awaited<ReturnType<typeof queueHealthOf>>;
