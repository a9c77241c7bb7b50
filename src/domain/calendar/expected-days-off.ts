/**
 * UAE days off 2027-2030 under Cabinet Resolution 27 of 2024, with the Hijri days of the Umm al-Qura calendar: right for 29
 * of 30 events in 2022-2026, but nobody has announced these yet. Every day that could be off is closed until someone does.
 *
 * - Eid al-Fitr: the four days after 29 Ramadan. Off are 1-3 Shawwal, and 30 Ramadan when there is one; only the fourth
 *   day is in doubt.
 * - Arafat and Eid al-Adha: 9-12 Dhu al-Hijjah, five days long because the month before may have 29 days or 30.
 * - Hijri New Year and the Prophet's birthday may be moved to an end of their week. Where published forecasts disagree
 *   with Umm al-Qura (2027), the days of both are closed.
 */
import { ramadanSpans, unfold } from './day-off-table.ts';
import type { TableLine } from './day-off-table.ts';
import type { DayOffScope } from './day-off.ts';

const BOTH: readonly DayOffScope[] = ['private', 'federal'];

const STATUTORY: readonly TableLine[] = [2027, 2028, 2029, 2030].flatMap((year) => [
  { key: `new-year-${year}`, scopes: BOTH, from: `${year}-01-01`, isMovable: true },
  { key: `national-day-${year}`, scopes: BOTH, from: `${year}-12-02`, to: `${year}-12-03`, isMovable: true },
]);

const EXPECTED: readonly TableLine[] = [
  { key: 'eid-al-fitr-2027', scopes: BOTH, from: '2027-03-09', to: '2027-03-12', isEid: true },
  { key: 'eid-al-adha-2027', scopes: BOTH, from: '2027-05-15', to: '2027-05-19', isEid: true },
  { key: 'hijri-new-year-2027', scopes: BOTH, from: '2027-06-06', to: '2027-06-07', isMovable: true },
  { key: 'mawlid-2027', scopes: BOTH, from: '2027-08-14', to: '2027-08-16', isMovable: true },

  { key: 'eid-al-fitr-2028', scopes: BOTH, from: '2028-02-26', to: '2028-02-29', isEid: true },
  { key: 'eid-al-adha-2028', scopes: BOTH, from: '2028-05-03', to: '2028-05-07', isEid: true },
  { key: 'hijri-new-year-2028', scopes: BOTH, from: '2028-05-25', isMovable: true },
  { key: 'mawlid-2028', scopes: BOTH, from: '2028-08-03', isMovable: true },

  { key: 'eid-al-fitr-2029', scopes: BOTH, from: '2029-02-14', to: '2029-02-17', isEid: true },
  { key: 'eid-al-adha-2029', scopes: BOTH, from: '2029-04-22', to: '2029-04-26', isEid: true },
  { key: 'hijri-new-year-2029', scopes: BOTH, from: '2029-05-14', isMovable: true },
  { key: 'mawlid-2029', scopes: BOTH, from: '2029-07-24', isMovable: true },

  { key: 'eid-al-fitr-2030', scopes: BOTH, from: '2030-02-03', to: '2030-02-06', isEid: true },
  { key: 'eid-al-adha-2030', scopes: BOTH, from: '2030-04-12', to: '2030-04-16', isEid: true },
  { key: 'hijri-new-year-2030', scopes: BOTH, from: '2030-05-04', isMovable: true },
  { key: 'mawlid-2030', scopes: BOTH, from: '2030-07-13', isMovable: true },
];

export const EXPECTED_DAYS_OFF = [
  ...unfold(STATUTORY, 'statutory', 'Cabinet Resolution 27 of 2024'),
  ...unfold(EXPECTED, 'expected', 'Cabinet Resolution 27 of 2024, days by the Umm al-Qura calendar'),
];

/** Thirty days each, whatever Umm al-Qura says: the thirtieth is either Ramadan or Eid. Ramadan begins twice in 2030. */
export const EXPECTED_RAMADANS = ramadanSpans(
  [
    [1448, '2027-02-08', '2027-03-09'],
    [1449, '2028-01-28', '2028-02-26'],
    [1450, '2029-01-16', '2029-02-14'],
    [1451, '2030-01-05', '2030-02-03'],
    [1452, '2030-12-26', '2031-01-24'],
  ],
  'expected',
);
