/**
 * UAE days off 2022-2026 as they were announced to the private sector (MoHRE) and to federal bodies (FAHR), with Ramadan as it
 * was observed. The two differ by up to two days, and mid-week holidays were mostly moved: no rule yields this table. Dates are
 * civil dates in Asia/Dubai; `announcedOn` is the private-sector notice, where its day is known.
 */
import { ramadanSpans, unfold } from './day-off-table.ts';
import type { TableLine } from './day-off-table.ts';
import type { DayOffScope } from './day-off.ts';

const BOTH: readonly DayOffScope[] = ['private', 'federal'];
const PRIVATE: readonly DayOffScope[] = ['private'];
const FEDERAL: readonly DayOffScope[] = ['federal'];

const ANNOUNCED: readonly TableLine[] = [
  { key: 'new-year-2022', scopes: BOTH, from: '2022-01-01' },
  { key: 'eid-al-fitr-2022', scopes: PRIVATE, from: '2022-04-30', to: '2022-05-04', isEid: true },
  { key: 'eid-al-fitr-2022', scopes: FEDERAL, from: '2022-04-30', to: '2022-05-06', isEid: true },
  // Announced the afternoon before, on the death of Sheikh Khalifa: why a stop must be one keystroke away.
  { key: 'mourning-2022-05', scopes: BOTH, from: '2022-05-14', to: '2022-05-16', announcedOn: '2022-05-13', isMourning: true },
  { key: 'arafat-2022', scopes: BOTH, from: '2022-07-08', isEid: true },
  { key: 'eid-al-adha-2022', scopes: BOTH, from: '2022-07-09', to: '2022-07-11', isEid: true },
  { key: 'hijri-new-year-2022', scopes: BOTH, from: '2022-07-30' },
  { key: 'mawlid-2022', scopes: BOTH, from: '2022-10-08' },
  { key: 'commemoration-2022', scopes: BOTH, from: '2022-12-01' },
  { key: 'national-day-2022', scopes: BOTH, from: '2022-12-02', to: '2022-12-03' },

  { key: 'new-year-2023', scopes: BOTH, from: '2023-01-01' },
  { key: 'eid-al-fitr-2023', scopes: BOTH, from: '2023-04-20', to: '2023-04-23', isEid: true },
  { key: 'arafat-2023', scopes: BOTH, from: '2023-06-27', isEid: true },
  { key: 'eid-al-adha-2023', scopes: BOTH, from: '2023-06-28', to: '2023-06-30', isEid: true },
  { key: 'hijri-new-year-2023', scopes: BOTH, from: '2023-07-21' }, // moved from Wednesday 19 July
  { key: 'mawlid-2023', scopes: BOTH, from: '2023-09-29' }, // moved from Wednesday 27 September
  { key: 'national-day-2023', scopes: PRIVATE, from: '2023-12-02', to: '2023-12-03', announcedOn: '2023-11-22' },
  {
    key: 'national-day-2023',
    scopes: BOTH,
    from: '2023-12-02',
    to: '2023-12-04',
    announcedOn: '2023-11-23',
    supersedes: 'national-day-2023',
  },

  { key: 'new-year-2024', scopes: BOTH, from: '2024-01-01' },
  { key: 'eid-al-fitr-2024', scopes: PRIVATE, from: '2024-04-08', to: '2024-04-12', isEid: true },
  { key: 'eid-al-fitr-2024', scopes: FEDERAL, from: '2024-04-08', to: '2024-04-14', isEid: true },
  { key: 'arafat-2024', scopes: BOTH, from: '2024-06-15', isEid: true },
  { key: 'eid-al-adha-2024', scopes: BOTH, from: '2024-06-16', to: '2024-06-18', isEid: true },
  { key: 'hijri-new-year-2024', scopes: BOTH, from: '2024-07-07' },
  { key: 'mawlid-2024', scopes: BOTH, from: '2024-09-15' },
  { key: 'national-day-2024', scopes: BOTH, from: '2024-12-02', to: '2024-12-03' },

  { key: 'new-year-2025', scopes: BOTH, from: '2025-01-01' },
  { key: 'eid-al-fitr-2025', scopes: BOTH, from: '2025-03-30', to: '2025-04-01', isEid: true },
  { key: 'arafat-2025', scopes: BOTH, from: '2025-06-05', announcedOn: '2025-05-29', isEid: true },
  { key: 'eid-al-adha-2025', scopes: BOTH, from: '2025-06-06', to: '2025-06-08', announcedOn: '2025-05-29', isEid: true },
  { key: 'hijri-new-year-2025', scopes: BOTH, from: '2025-06-27', announcedOn: '2025-06-16' }, // moved from Thursday 26 June
  { key: 'mawlid-2025', scopes: BOTH, from: '2025-09-05', announcedOn: '2025-08-26' },
  { key: 'national-day-2025', scopes: BOTH, from: '2025-12-01', to: '2025-12-02', announcedOn: '2025-11-17' }, // moved from 2-3 December

  { key: 'new-year-2026', scopes: BOTH, from: '2026-01-01', announcedOn: '2025-12-12' },
  { key: 'eid-al-fitr-2026', scopes: BOTH, from: '2026-03-19', to: '2026-03-22', announcedOn: '2026-02-23', isEid: true },
  { key: 'arafat-2026', scopes: PRIVATE, from: '2026-05-26', isEid: true },
  { key: 'arafat-2026', scopes: FEDERAL, from: '2026-05-25', to: '2026-05-26', isEid: true },
  { key: 'eid-al-adha-2026', scopes: BOTH, from: '2026-05-27', to: '2026-05-29', isEid: true },
  { key: 'hijri-new-year-2026', scopes: BOTH, from: '2026-06-15', announcedOn: '2026-06-09' }, // moved from Tuesday 16 June
  { key: 'mawlid-2026', scopes: BOTH, from: '2026-08-28', announcedOn: '2026-08-07' }, // moved from Tuesday 25 August
];

/** The law's own days for which no announcement had been made when this table was written. */
const STATUTORY: readonly TableLine[] = [{ key: 'national-day-2026', scopes: BOTH, from: '2026-12-02', to: '2026-12-03', isMovable: true }];

export const ANNOUNCED_DAYS_OFF = [
  ...unfold(ANNOUNCED, 'confirmed', 'MoHRE and FAHR notices as carried by WAM, Gulf News and Khaleej Times'),
  ...unfold(STATUTORY, 'statutory', 'Cabinet Resolution 27 of 2024; no transfer announced by mid-November 2026'),
];

export const OBSERVED_RAMADANS = ramadanSpans(
  [
    [1443, '2022-04-02', '2022-05-01'],
    [1444, '2023-03-23', '2023-04-20'],
    [1445, '2024-03-11', '2024-04-09'],
    [1446, '2025-03-01', '2025-03-29'],
    [1447, '2026-02-18', '2026-03-19'],
  ],
  'confirmed',
);
