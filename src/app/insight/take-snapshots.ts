/**
 * Takes the figures of past days and keeps them. A day taken again says the same unless its facts have moved since, so it may be taken as often as one
 * likes; and since everything is counted by the day it took effect, a day of last year can be taken today.
 */
import { act } from '../act.ts';
import { countedBalances, gapsBetween, spanOf } from './past-days.ts';
import type { Session } from '../session.ts';
import { addDays, laterOf, type Day } from '../../domain/days.ts';
import { NOTHING_SENT } from '../../domain/insight/savings.ts';
import { mailDays, volumeDays } from '../../store/sql/insight/mail-days.ts';
import { firstIssuedOn } from '../../store/sql/insight/open-balances.ts';
import { replaceDay, takenDays } from '../../store/sql/insight/snapshots.ts';

/** Receipts and evidence about mail come in late, but rarely later than this. */
const RETAKEN_DAYS = 7;
/** The ends of six months, and before each the twelve whose billing its countback may use up. */
const KEPT_BACK_DAYS = 580;
/** Longer would keep a daemon of a large company from its other work; the next night goes on. */
const MOST_DAYS_AT_ONCE = 60;

/** One past day, in a transaction of its own. */
export const takeSnapshot = (session: Session, on: Day): Promise<void> =>
  act(session, 'plan', async (context) => {
    const { tx, policy } = context;
    const span = spanOf(context, { from: on, to: on });
    const [volume = NOTHING_SENT] = await volumeDays(tx, span, policy.consolidation.individualsPerDay);
    const { contacts, mails, items, oneByOne } = volume;
    await replaceDay(tx, {
      on,
      balances: await countedBalances(context, on),
      mails: await mailDays(tx, span),
      volume: { contacts, mails, items, oneByOne },
    });
  });

/** The last week again, and the newest of the days that were never taken. @returns how many days were taken. */
export async function takeSnapshots(session: Session): Promise<number> {
  const days = await daysToTake(session);
  for (const on of days) await takeSnapshot(session, on);
  return days.length;
}

const daysToTake = (session: Session): Promise<readonly Day[]> =>
  act(
    session,
    'plan',
    async ({ tx, today }) => {
      const began = await firstIssuedOn(tx);
      if (began === null) return [];
      const yesterday = addDays(today, -1);
      const from = laterOf(began, addDays(today, -KEPT_BACK_DAYS));
      const taken = await takenDays(tx, { from, to: addDays(yesterday, -RETAKEN_DAYS) });
      const missing = gapsBetween({ from, to: yesterday }, taken).flatMap((gap) => daysOf(gap.from, gap.to));
      return missing.toReversed().slice(0, MOST_DAYS_AT_ONCE);
    },
    { isReadOnly: true },
  );

function daysOf(from: Day, to: Day): readonly Day[] {
  const days: Day[] = [];
  for (let on = from; Temporal.PlainDate.compare(on, to) <= 0; on = addDays(on, 1)) days.push(on);
  return days;
}
