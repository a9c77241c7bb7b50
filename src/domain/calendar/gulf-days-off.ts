/**
 * Days off of private customers in Saudi Arabia and Kuwait, 2026-2030, from their labour laws and the Umm al-Qura calendar.
 * None is taken from an announcement, so every lunar row stays `expected` until an operator who knows confirms it. Keys
 * carry the country, so that a notice about the UAE's Eid never reaches these calendars.
 */
import { unfold } from './day-off-table.ts';
import type { TableLine } from './day-off-table.ts';
import type { DayOffScope } from './day-off.ts';

const SAUDI: readonly DayOffScope[] = ['saudi'];
const KUWAIT: readonly DayOffScope[] = ['kuwait'];
const YEARS = [2026, 2027, 2028, 2029, 2030];

const SAUDI_STATUTORY: readonly TableLine[] = YEARS.flatMap((year) => [
  { key: `saudi-founding-day-${year}`, scopes: SAUDI, from: `${year}-02-22` },
  { key: `saudi-national-day-${year}`, scopes: SAUDI, from: `${year}-09-23` },
]);

const KUWAIT_STATUTORY: readonly TableLine[] = YEARS.flatMap((year) => [
  { key: `kuwait-new-year-${year}`, scopes: KUWAIT, from: `${year}-01-01` },
  { key: `kuwait-national-day-${year}`, scopes: KUWAIT, from: `${year}-02-25` },
  { key: `kuwait-liberation-day-${year}`, scopes: KUWAIT, from: `${year}-02-26` },
]);

/** A Saudi holiday on a day of rest is given back, usually on the working day beside it. */
const SAUDI_GIVEN_BACK: readonly TableLine[] = [
  { key: 'saudi-national-day-2028', scopes: SAUDI, from: '2028-09-24' },
  { key: 'saudi-founding-day-2030', scopes: SAUDI, from: '2030-02-21' },
];

const EIDS: readonly (readonly [key: string, from: string, to: string])[] = [
  ['eid-al-fitr-2026', '2026-03-19', '2026-03-22'],
  ['eid-al-adha-2026', '2026-05-25', '2026-05-29'],
  ['eid-al-fitr-2027', '2027-03-09', '2027-03-12'],
  ['eid-al-adha-2027', '2027-05-15', '2027-05-19'],
  ['eid-al-fitr-2028', '2028-02-26', '2028-02-29'],
  ['eid-al-adha-2028', '2028-05-03', '2028-05-07'],
  ['eid-al-fitr-2029', '2029-02-14', '2029-02-17'],
  ['eid-al-adha-2029', '2029-04-22', '2029-04-26'],
  ['eid-al-fitr-2030', '2030-02-03', '2030-02-06'],
  ['eid-al-adha-2030', '2030-04-12', '2030-04-16'],
];

const eidsOf = (scope: DayOffScope): readonly TableLine[] =>
  EIDS.map(([key, from, to]) => ({ key: `${scope}-${key}`, scopes: [scope], from, to, isEid: true }));

/** Kuwait moves these to the start or end of its week. Isra and Mi'raj is named by Hijri year: 2027 has two. */
const KUWAIT_MOVABLE: readonly TableLine[] = [
  ['isra-miraj-1447', '2026-01-16'],
  ['hijri-new-year-2026', '2026-06-16'],
  ['mawlid-2026', '2026-08-25'],
  ['isra-miraj-1448', '2027-01-05'],
  ['hijri-new-year-2027', '2027-06-06'],
  ['mawlid-2027', '2027-08-14'],
  ['isra-miraj-1449', '2027-12-25'],
  ['hijri-new-year-2028', '2028-05-25'],
  ['mawlid-2028', '2028-08-03'],
  ['isra-miraj-1450', '2028-12-14'],
  ['hijri-new-year-2029', '2029-05-14'],
  ['mawlid-2029', '2029-07-24'],
  ['isra-miraj-1451', '2029-12-04'],
  ['hijri-new-year-2030', '2030-05-04'],
  ['mawlid-2030', '2030-07-13'],
  ['isra-miraj-1452', '2030-11-23'],
].map(([key = '', from = '']) => ({ key: `kuwait-${key}`, scopes: KUWAIT, from, isMovable: true }));

const SAUDI_LAW = 'Saudi labour regulations art. 24';
const KUWAIT_LAW = 'Kuwait Law 6 of 2010 art. 68';

export const GULF_DAYS_OFF = [
  ...unfold(SAUDI_STATUTORY, 'statutory', SAUDI_LAW),
  ...unfold([...SAUDI_GIVEN_BACK, ...eidsOf('saudi')], 'expected', `${SAUDI_LAW}, lunar days by the Umm al-Qura calendar`),
  ...unfold(KUWAIT_STATUTORY, 'statutory', KUWAIT_LAW),
  ...unfold([...KUWAIT_MOVABLE, ...eidsOf('kuwait')], 'expected', `${KUWAIT_LAW}, lunar days by the Umm al-Qura calendar`),
];
