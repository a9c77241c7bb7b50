/** The figures somebody looks at in the morning, in one read: balances of the last evening that was taken, mail up to now. Reads only. */
import { act } from '../act.ts';
import { dsoAt } from './read-dso.ts';
import { ageingAt } from './read-ageing.ts';
import { engagementOf } from './read-engagement.ts';
import { waitingNow } from './read-queue-health.ts';
import { volumeOf } from './read-volume.ts';
import type { Session } from '../session.ts';
import { addDays } from '../../domain/days.ts';
import { takenDays } from '../../store/sql/insight/snapshots.ts';

/** A quarter, as the seed asks of its dashboard. */
const DAYS = 90;
const WEEKS = 12;

/** The balances are those of yesterday evening where that was taken: counted now they would take as long as the ledger is large. */
export const readDashboard = (session: Session) =>
  act(
    session,
    'analytics',
    async (context) => {
      const { today, tx } = context;
      const yesterday = addDays(today, -1);
      const isTaken = (await takenDays(tx, { from: yesterday, to: yesterday })).length > 0;
      const asOf = isTaken ? yesterday : today;
      const period = { from: addDays(today, 1 - DAYS), to: today };
      return {
        asOf: asOf.toString(),
        ageing: await ageingAt(context, { asOf, weeks: isTaken ? WEEKS : 0 }),
        dso: await dsoAt(context, { asOf, months: isTaken ? 3 : 0 }),
        volume: await volumeOf(context, period),
        engagement: await engagementOf(context, period),
        queue: await waitingNow(context),
      };
    },
    { isReadOnly: true },
  );

export type DashboardView = Awaited<ReturnType<typeof readDashboard>>;
