/** What waits for a person today, in counts and money, and how old the facts are. Reads only. */
import { act, type Act } from './act.ts';
import { userIdOf } from './actor.ts';
import { planningContext } from './company-facts.ts';
import { moneyView, type MoneyView } from './reminder-view.ts';
import type { Session } from './session.ts';
import { taskCounts } from './task-counts.ts';
import type { PersonTask } from '../domain/person-tasks.ts';
import { baseCurrencyOf } from '../domain/base-currency.ts';
import { calendarDayView } from './calendar/read-calendar.ts';
import { calendarDayOf, type ContactCalendar } from '../domain/calendar/contact-calendar.ts';
import { addDays, type Day } from '../domain/days.ts';
import { unconfirmedWithin } from '../domain/calendar/unconfirmed-days.ts';
import { overdueOfTasks } from '../store/sql/tasks.ts';
import { returnedSince, todayBlocks, todayBlockSums, todayReminders, type TodayBlocks } from '../store/sql/today-counts.ts';

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
    | 'addresses-returned'
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
  NEW_ADDRESS: 'addresses-returned',
  LADDER_COMPLETE: 'ladders-complete',
};

/**
 * @param isMine only accounts the person looks after themselves.
 */
export const readToday = (session: Session, { isMine = false }: { readonly isMine?: boolean } = {}) =>
  act(
    session,
    'status',
    async (context) => {
      const { tx, company, today } = context;
      const owner = isMine ? userIdOf(context.actor) : null;
      const startOf = (days: number) => addDays(today, days).toZonedDateTime(company.timeZone).toInstant();
      const reminders = await todayReminders(tx, { tomorrow: addDays(today, 1), endsAt: startOf(1), owner });
      const days = { until: addDays(today, DAYS_AHEAD), brokenSince: startOf(-DAYS_BACK), owner };
      const blocks = await todayBlocks(tx, days);
      const { returned, returnedMinor } = await returnedSince(tx, startOf(-DAYS_BACK), owner);
      const inBase = await baseOf(context);
      const blockSums = await todayBlockSums(tx, days);
      const taskSums = await overdueOfTasks(tx, { today, owner });
      const ofBlocks = (what: keyof TodayBlocks): bigint => inBase(blockSums.filter((sum) => sum.what === what));
      const money = (minor: bigint): MoneyView => moneyView({ minor, currency: company.baseCurrency });
      const row = (key: TodayRow['key'], count: number, minor: bigint | null = null): TodayRow => ({
        key,
        count,
        money: minor === null ? null : money(minor),
      });
      const tasks = (await taskCounts(tx, owner)).map(({ kind, count }) =>
        row(TASK_KEYS[kind], count, kind === 'LADDER_COMPLETE' ? null : inBase(taskSums.filter((sum) => sum.kind === kind))),
      );
      const calendar = await context.calendar();
      return {
        isMine,
        rows: [
          row('to-approve', reminders.toApprove, reminders.toApproveMinor),
          row('needs-review', reminders.needsReview, reminders.needsReviewMinor),
          row('uncertain', reminders.uncertain, reminders.uncertainMinor),
          ...tasks,
          row('promises-broken', blocks.promisesBroken, ofBlocks('promisesBroken')),
          row('promises-due', blocks.promisesDue, ofBlocks('promisesDue')),
          row('cheques-due', blocks.chequesDue, ofBlocks('chequesDue')),
          row('returned', returned, returnedMinor),
          row('holds-ending', reminders.holdsEnding, reminders.holdsEndingMinor),
          row('held', reminders.held, reminders.heldMinor),
          row('leaving-today', reminders.leavingToday, reminders.leavingTodayMinor),
        ],
        atRisk: money(reminders.atRiskMinor),
        scheduled: { count: reminders.scheduled, money: money(reminders.scheduledMinor) },
        ledger: {
          invoicesAsOn: company.ledgerInvoicesAsOn?.toString() ?? null,
          receiptsAsOn: company.ledgerReceiptsAsOn?.toString() ?? null,
        },
        windowsToday: calendarDayView(calendarDayOf(calendar, today)).windows,
        nextDayOff: nextDayOff(calendar, today),
        daysToConfirm: unconfirmedWithin(calendar, today).map(({ key, days: on }) => ({ key, days: on.map(String) })),
      };
    },
    { isReadOnly: true },
  );

export type TodayView = Awaited<ReturnType<typeof readToday>>;

/** Sums of several currencies as one figure to rank by, never to ask for. */
async function baseOf(context: Act) {
  const { company, policy, asOn } = await planningContext(context);
  const { rank } = baseCurrencyOf(company, asOn, policy.rates.maxAgeDays);
  return (sums: readonly { readonly currency: string; readonly minor: bigint }[]): bigint =>
    sums.reduce((total, { minor, currency }) => total + rank(minor, currency), 0n);
}

/** Far enough for any two public holidays. In days. */
const DAYS_LOOKED_AT = 120;

/** The next day that is closed for another reason than the week's own rest. */
function nextDayOff(calendar: ContactCalendar, today: Day) {
  for (let ahead = 1; ahead <= DAYS_LOOKED_AT; ahead += 1) {
    const day = calendarDayOf(calendar, addDays(today, ahead));
    if (day.kind === 'off' && day.why.code !== 'weekly-rest')
      return { on: day.on.toString(), name: day.why.key, status: day.why.code === 'day-off' ? day.why.status : null };
  }
  return null;
}
