/** The newest evening whose figures were taken, for whoever watches from outside. Reads stored rows alone. */
import { act } from '../act.ts';
import { balanceView } from './insight-view.ts';
import type { Session } from '../session.ts';
import { addDays } from '../../domain/days.ts';
import { storedBalances, takenDays } from '../../store/sql/insight/snapshots.ts';

/** An evening older than this says nothing about now. */
const LOOKED_BACK_DAYS = 7;

/** No rows when none was taken lately. */
export const readLastEvening = (session: Session) =>
  act(
    session,
    'analytics',
    async ({ tx, today }) => {
      const newest = (await takenDays(tx, { from: addDays(today, -LOOKED_BACK_DAYS), to: today })).at(-1);
      return newest === undefined ? [] : (await storedBalances(tx, [newest])).map(balanceView);
    },
    { isReadOnly: true },
  );

export type EveningBalances = Awaited<ReturnType<typeof readLastEvening>>;
