/** What waits for a person today, in counts and money, and how old the facts are. Reads only. */
import { act } from './act.ts';
import { moneyView, type MoneyView } from './reminder-view.ts';
import type { Session } from './session.ts';
import { taskCounts } from './task-counts.ts';
import type { PersonTask } from '../domain/person-tasks.ts';
import { addDays } from '../domain/days.ts';
import { unconfirmedWithin } from '../domain/calendar/unconfirmed-days.ts';
import { returnedSince, todayBlocks, todayReminders } from '../store/sql/today-counts.ts';

/** Promises and cheques that fall due within these days are named ahead. */
const DAYS_AHEAD = 2;
/** Broken promises and returned mail are news for so long. */
const DAYS_BACK = 7;

export interface TodayRow {
  readonly key:
    | 'to-approve'
    | 'needs-review'
    | 'uncertain'
    | 'replies'
    | 'cheques-returned'
    | 'claims-not-found'
    | 'cheques-unheard'
    | 'ladders-complete'
    | 'promises-due'
    | 'promises-broken'
    | 'cheques-due'
    | 'returned'
    | 'holds-ending'
    | 'held'
    | 'leaving-today';
  readonly count: number;
  /** In base currency; null where nothing is asked for. */
  readonly money: MoneyView | null;
}

const TASK_KEYS: Readonly<Record<PersonTask, TodayRow['key']>> = {
  REPLY: 'replies',
  RETURNED_CHEQUE: 'cheques-returned',
  PAID_CLAIM: 'claims-not-found',
  CHEQUE: 'cheques-unheard',
  LADDER_COMPLETE: 'ladders-complete',
};

export const readToday = (session: Session) =>
  act(
    session,
    'status',
    async (context) => {
      const { tx, company, today } = context;
      const zone = company.timeZone;
      const startOf = (days: number) => addDays(today, days).toZonedDateTime(zone).toInstant();
      const reminders = await todayReminders(tx, { tomorrow: addDays(today, 1), endsAt: startOf(1) });
      const blocks = await todayBlocks(tx, { until: addDays(today, DAYS_AHEAD), brokenSince: startOf(-DAYS_BACK) });
      const money = (minor: bigint): MoneyView => moneyView({ minor, currency: company.baseCurrency });
      const row = (key: TodayRow['key'], count: number, minor: bigint | null = null): TodayRow => ({
        key,
        count,
        money: minor === null ? null : money(minor),
      });
      return {
        rows: [
          row('to-approve', reminders.toApprove, reminders.toApproveMinor),
          row('needs-review', reminders.needsReview, reminders.needsReviewMinor),
          row('uncertain', reminders.uncertain, reminders.uncertainMinor),
          ...(await taskCounts(tx)).map(({ kind, count }) => row(TASK_KEYS[kind], count)),
          row('promises-broken', blocks.promisesBroken),
          row('promises-due', blocks.promisesDue),
          row('cheques-due', blocks.chequesDue),
          row('returned', await returnedSince(tx, startOf(-DAYS_BACK))),
          row('holds-ending', reminders.holdsEnding),
          row('held', reminders.held, reminders.heldMinor),
          row('leaving-today', reminders.leavingToday),
        ],
        atRisk: money(reminders.atRiskMinor),
        scheduled: { count: reminders.scheduled, money: money(reminders.scheduledMinor) },
        ledger: {
          invoicesAsOn: company.ledgerInvoicesAsOn?.toString() ?? null,
          receiptsAsOn: company.ledgerReceiptsAsOn?.toString() ?? null,
        },
        daysToConfirm: unconfirmedWithin(await context.calendar(), today).map(({ key, days }) => ({ key, days: days.map(String) })),
      };
    },
    { isReadOnly: true },
  );

export type TodayView = Awaited<ReturnType<typeof readToday>>;
