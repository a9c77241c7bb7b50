/**
 * The days off every installation starts from: the lowest layer of every contact calendar. A release may add to it; what a
 * company or customer has laid over it always wins. Years outside `covers` are unknown, and closed for automatic sending.
 */
import { ANNOUNCED_DAYS_OFF, OBSERVED_RAMADANS } from './announced-days-off.ts';
import type { DayOffLayer } from './day-off.ts';
import { EXPECTED_DAYS_OFF, EXPECTED_RAMADANS } from './expected-days-off.ts';
import { GULF_DAYS_OFF } from './gulf-days-off.ts';

export const SHIPPED_DAYS_OFF: DayOffLayer = {
  // The day up to which announcements are included.
  version: 'shipped-2026-11-22',
  covers: [
    { scope: 'private', fromYear: 2022, toYear: 2030 },
    { scope: 'federal', fromYear: 2022, toYear: 2030 },
    { scope: 'saudi', fromYear: 2026, toYear: 2030 },
    { scope: 'kuwait', fromYear: 2026, toYear: 2030 },
  ],
  daysOff: [...ANNOUNCED_DAYS_OFF, ...EXPECTED_DAYS_OFF, ...GULF_DAYS_OFF],
  ramadans: [...OBSERVED_RAMADANS, ...EXPECTED_RAMADANS],
};
