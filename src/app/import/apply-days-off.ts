/** Closes the days off of a file. A day that was ever recorded for its occasion is left as it is, also when somebody withdrew it since. */
import { holdsRole } from '../actor.ts';
import type { Act } from '../act.ts';
import type { FactFaults } from './fact-faults.ts';
import { closeDays, MOST_DAYS_OFF } from '../calendar/add-day-off.ts';
import { lacksRole } from '../people/refusals.ts';
import { rolesFor } from '../permissions.ts';
import { addDays, daysBetween, type Day } from '../../domain/days.ts';
import type { DayOffRecord } from '../../intake/ledger-records.ts';
import { companyDaysOff } from '../../store/sql/days-off.ts';

/** @returns how many rows closed days that were open. @throws RefusedAttempt: days off take more than importing does. */
export async function applyDaysOff(context: Act, rows: readonly DayOffRecord[], faults: FactFaults): Promise<number> {
  if (rows.length === 0) return 0;
  if (!holdsRole(context.actor, rolesFor('calendar add'))) throw lacksRole('calendar add', context.company.code);
  const recorded = new Set((await companyDaysOff(context.tx)).map(({ key, on }) => `${key} ${on.toString()}`));
  let closed = 0;
  for (const { source, name, firstOn, untilOn, isMourning } of rows) {
    const days = daysFrom(firstOn, untilOn ?? firstOn);
    if (days.length > 0 && days.every((day) => recorded.has(`${name.toLowerCase()} ${day.toString()}`))) continue;
    const request = { on: firstOn, name, isMourning, ...(untilOn === null ? {} : { untilOn }) };
    const change = await faults.attempt(context, source, (own) => closeDays(own, request));
    if (change?.isChanged === true) closed += 1;
  }
  return closed;
}

/** Empty for a span that is too long or ends before it begins: that is refused where it is recorded. */
function daysFrom(firstOn: Day, untilOn: Day): readonly Day[] {
  const count = daysBetween(firstOn, untilOn) + 1;
  return count < 1 || count > MOST_DAYS_OFF ? [] : Array.from({ length: count }, (_, offset) => addDays(firstOn, offset));
}
