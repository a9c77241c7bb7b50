/** Opens days that an occasion closes, held ones included: it is not celebrated, or the company works. */
import { changeDaysOff, daysOfOccasion, isAmong, type DaysOffChange } from './change-days-off.ts';
import { readOccasionKey } from './occasion-key.ts';
import { unknownOccasion } from './unknown-occasion.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import type { Day } from '../../domain/days.ts';

/**
 * @param request.on Which of its days; empty: all of them. A day it does not close is left as it is.
 * @throws OperatorError `calendar.unknown-occasion`, `calendar.never-closes`
 */
export const withdrawOccasion = (
  session: Session,
  request: { readonly key: string; readonly on: readonly Day[] },
): Promise<DaysOffChange> =>
  act(session, 'calendar withdraw', async (context) => {
    const key = readOccasionKey(request.key);
    return await changeDaysOff(context, key, (calendar) => {
      if (calendar.occasions.every((each) => each.key !== key)) throw unknownOccasion(key, calendar, context.today);
      const closed = daysOfOccasion(calendar, key);
      const days = request.on.length === 0 ? closed : closed.filter((day) => isAmong(request.on, day));
      return days.map((on) => ({ on, status: 'withdrawn', supersedes: null }));
    });
  });
