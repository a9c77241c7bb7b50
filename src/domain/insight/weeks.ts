/** Days gathered into weeks that begin on Monday, as reports name them; a week without anything stands there with nothing. */
import { addDays, type Day, isOnOrBefore } from '../days.ts';

const mondayOf = (day: Day): Day => addDays(day, 1 - day.dayOfWeek);

export interface Week<Sum> {
  /** The Monday. */
  readonly startsOn: Day;
  readonly sum: Sum;
}

/** From the week of `from` to that of `to`, oldest first. */
export function byWeek<Sum>(
  days: readonly { readonly on: Day; readonly value: Sum }[],
  { from, to, nothing, add }: { readonly from: Day; readonly to: Day; readonly nothing: Sum; readonly add: (a: Sum, b: Sum) => Sum },
): readonly Week<Sum>[] {
  const sums = new Map<string, Sum>();
  for (const { on, value } of days) {
    const key = mondayOf(on).toString();
    sums.set(key, add(sums.get(key) ?? nothing, value));
  }
  const weeks: Week<Sum>[] = [];
  for (let startsOn = mondayOf(from); isOnOrBefore(startsOn, to); startsOn = addDays(startsOn, 7)) {
    weeks.push({ startsOn, sum: sums.get(startsOn.toString()) ?? nothing });
  }
  return weeks;
}
