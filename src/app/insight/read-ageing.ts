/** What is open by age, per currency, now or on an earlier day, and how that was on the evenings before. Reads only. */
import { act, type Act } from '../act.ts';
import { balanceView } from './insight-view.ts';
import { balancesOn } from './past-days.ts';
import type { Session } from '../session.ts';
import { addDays, type Day } from '../../domain/days.ts';

export interface AgeingRequest {
  /** Today if left out. */
  readonly asOf?: Day;
  /** Evenings a week apart to look back at, the day itself not counted. */
  readonly weeks: number;
}

export const readAgeing = (session: Session, request: AgeingRequest) =>
  act(session, 'analytics', (context) => ageingAt(context, request), { isReadOnly: true });

export async function ageingAt(context: Act, { asOf = context.today, weeks }: AgeingRequest) {
  const evenings = Array.from({ length: weeks + 1 }, (_, index) => addDays(asOf, 7 * (index - weeks)));
  const balances = await balancesOn(context, evenings);
  return {
    asOf: asOf.toString(),
    currencies: balances.filter(({ on }) => on.equals(asOf)).map(balanceView),
    trend: balances.map(balanceView),
  };
}

export type AgeingView = Awaited<ReturnType<typeof ageingAt>>;
