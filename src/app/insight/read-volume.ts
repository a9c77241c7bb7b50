/** How many mails left, and how many one by one would have: in all, by month and by week. Reads only. */
import { act, type Act } from '../act.ts';
import { periodFor, type PeriodRequest } from './insight-period.ts';
import { volumeView } from './insight-view.ts';
import { volumesIn, type Days } from './past-days.ts';
import type { Session } from '../session.ts';
import { bothVolumes, NOTHING_SENT, type SentVolume } from '../../domain/insight/savings.ts';
import { byWeek } from '../../domain/insight/weeks.ts';

export const readVolume = (session: Session, request: PeriodRequest) =>
  act(session, 'analytics', (context) => volumeOf(context, periodFor(request, context.today)), { isReadOnly: true });

export async function volumeOf(context: Act, period: Days) {
  const days = (await volumesIn(context, period)).map(({ on, ...value }) => ({ on, value: value as SentVolume }));
  const months = Map.groupBy(days, ({ on }) => on.toPlainYearMonth().toString());
  const sum = (values: readonly { readonly value: SentVolume }[]): SentVolume =>
    values.reduce((total, { value }) => bothVolumes(total, value), NOTHING_SENT);
  return {
    from: period.from.toString(),
    to: period.to.toString(),
    total: volumeView(sum(days)),
    months: [...months].map(([month, of]) => ({ month, ...volumeView(sum(of)) })),
    weeks: byWeek(days, { ...period, nothing: NOTHING_SENT, add: bothVolumes }).map(({ startsOn, sum: volume }) => ({
      startsOn: startsOn.toString(),
      ...volumeView(volume),
    })),
  };
}

export type VolumeView = Awaited<ReturnType<typeof volumeOf>>;
