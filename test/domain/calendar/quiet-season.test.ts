import { describe, expect, test } from 'vitest';
import { quietSeason } from '../../../src/domain/calendar/quiet-season.ts';
import { day, dayOff, presetCalendar, withOverlay } from './calendars.ts';

const uae = presetCalendar('uae-private');

describe('the quiet season', () => {
  test.each<readonly [on: string, season: string | null, until: string | null, what: string]>([
    ['2026-03-09', null, null, '20 Ramadan'],
    ['2026-03-10', 'ramadan-last-ten', '2026-03-23', '21 Ramadan: until Eid is over as well'],
    ['2026-03-18', 'ramadan-last-ten', '2026-03-23', '29 Ramadan'],
    ['2026-03-19', 'eid', '2026-03-23', '30 Ramadan, already off'],
    ['2026-03-22', 'eid', '2026-03-23', 'the last day of Eid'],
    ['2026-03-23', null, null, 'the first day back'],
    ['2025-03-21', 'ramadan-last-ten', '2025-04-02', '21 Ramadan of a month of 29 days'],
    ['2026-05-26', 'eid', '2026-05-30', 'Arafat'],
    ['2022-05-14', 'mourning', '2022-05-17', 'mourning'],
    ['2026-12-02', null, null, 'National Day is no such season'],
    ['2027-02-28', 'ramadan-last-ten', '2027-03-13', '21 Ramadan as expected for 2027'],
    ['2031-02-03', null, null, 'a year without data, which is closed anyway'],
  ])('on %s is %s until %s (%s)', (on, season, until) => {
    expect(quietSeason(uae, day(on))).toEqual(season === null ? null : { season, until: day(until ?? '') });
  });

  test('begins the day an operator enters mourning', () => {
    const calendar = withOverlay(dayOff('mourning-2026', '2026-11-25', { scope: 'all', isMourning: true }));
    expect(quietSeason(calendar, day('2026-11-25'))).toEqual({ season: 'mourning', until: day('2026-11-26') });
  });

  test('still knows an Eid whose days an operator confirmed by date alone', () => {
    const confirm = (on: string) => dayOff('eid-al-fitr-2027', on, { status: 'confirmed', supersedes: 'eid-al-fitr-2027' });
    const calendar = withOverlay(confirm('2027-03-09'), confirm('2027-03-10'), confirm('2027-03-11'));
    expect(quietSeason(calendar, day('2027-03-11'))).toEqual({ season: 'eid', until: day('2027-03-12') });
  });

  test('takes the word of a row that says it is none', () => {
    const calendar = withOverlay(dayOff('eid-al-fitr-2027', '2027-03-12', { isEid: false }));
    expect(quietSeason(calendar, day('2027-03-11'))).toEqual({ season: 'eid', until: day('2027-03-12') });
  });

  test('never comes in a continuous calendar', () => {
    expect(quietSeason(presetCalendar('continuous'), day('2026-03-18'))).toBeNull();
  });
});
