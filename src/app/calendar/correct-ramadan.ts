/**
 * Says on which days Ramadan really was. It begins and ends with the moon, a day before or after what was computed; contact windows, the
 * earliest hour of automatic mail and its last ten days follow it.
 */
import { userIdOf } from '../actor.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import type { RamadanSpan } from '../../domain/calendar/day-off.ts';
import { SHIPPED_DAYS_OFF } from '../../domain/calendar/shipped-days-off.ts';
import { daysBetween, type Day } from '../../domain/days.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import { dayText } from '../../domain/skip-reasons.ts';
import { companyRamadans, recordRamadan } from '../../store/sql/company-ramadans.ts';
import { lockCompany, updateCompany } from '../../store/sql/company-settings.ts';

export interface RamadanCorrection {
  readonly key: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly isChanged: boolean;
}

/** The moon moves a computed Ramadan by a day, at most two; further away is a slip of the month or the year. */
const MOST_DAYS_AWAY = 3;

/** @throws OperatorError `calendar.not-ramadan`, `calendar.ramadan-length` */
export const correctRamadan = (
  session: Session,
  { startsOn, endsOn }: { readonly startsOn: Day; readonly endsOn: Day },
): Promise<RamadanCorrection> =>
  act(session, 'calendar confirm', async (context) => {
    const { tx, company } = context;
    await lockCompany(tx);
    const known = new Map([...SHIPPED_DAYS_OFF.ramadans, ...(await companyRamadans(tx))].map((span) => [span.key, span]));
    const { key } = computedOne(startsOn);
    requireAMonth(startsOn, endsOn);
    const standing = known.get(key);
    if (standing?.startsOn.equals(startsOn) === true && standing.endsOn.equals(endsOn)) return { key, startsOn, endsOn, isChanged: false };
    await recordRamadan(tx, { key, startsOn, endsOn, status: 'confirmed' }, userIdOf(context.actor));
    // The company's facts moved: every account is looked at anew.
    await updateCompany(tx, {});
    const detail = { key, startsOn: startsOn.toString(), endsOn: endsOn.toString() };
    context.record({ objectKind: 'company', objectId: company.companyId, detail });
    return { key, startsOn, endsOn, isChanged: true };
  });

/** Measured from what came with Wafa: a chain of corrections must not walk away from it. */
function computedOne(startsOn: Day): RamadanSpan {
  const found = SHIPPED_DAYS_OFF.ramadans.find((span) => Math.abs(daysBetween(span.startsOn, startsOn)) <= MOST_DAYS_AWAY);
  if (found) return found;
  throw new OperatorError({
    code: 'calendar.not-ramadan',
    kind: 'refused',
    message: `No Ramadan is known that begins within ${MOST_DAYS_AWAY} days of ${dayText(startsOn)}.`,
    tryThis: 'Check the month and the year.',
  });
}

function requireAMonth(startsOn: Day, endsOn: Day): void {
  const days = daysBetween(startsOn, endsOn) + 1;
  if (days === 29 || days === 30) return;
  throw new OperatorError({
    code: 'calendar.ramadan-length',
    kind: 'usage',
    message: `From ${dayText(startsOn)} to ${dayText(endsOn)} there are ${days} days; Ramadan has 29 or 30.`,
    tryThis: 'Give its first and its last day.',
  });
}
