import { describe, expect, it } from 'vitest';

import { attentionNeeded, type DayAtWork } from '../../src/domain/attention.ts';

const at = (time: string): Pick<DayAtWork, 'now' | 'localTime'> => ({
  now: Temporal.Instant.from(`2026-11-23T${time}:00+04:00`),
  localTime: Temporal.PlainTime.from(time),
});

const day = (changes: Partial<DayAtWork>): DayAtWork => ({
  ...at('12:30'),
  isWorkingDay: true,
  isWindowOpen: true,
  isStopped: false,
  wasPlannedToday: true,
  wasImportedToday: true,
  hasLedger: true,
  due: 0,
  oldestDueAt: null,
  nextAt: null,
  uncertain: 0,
  stuck: 0,
  isInboxStale: false,
  blocked: 0,
  signInDaysLeft: null,
  lastSentAt: null,
  ...changes,
});

const codes = (changes: Partial<DayAtWork>): readonly string[] => attentionNeeded(day(changes)).map(({ code }) => code);
const longAgo = Temporal.Instant.from('2026-11-23T11:00:00+04:00');

describe('a person is told', () => {
  it.each<[string, Partial<DayAtWork>, readonly string[]]>([
    ['of nothing on a day on which all was done', {}, []],
    ['at ten that nothing was planned', { ...at('10:00'), wasPlannedToday: false }, ['no-plan']],
    ['not before ten', { ...at('09:59'), wasPlannedToday: false, wasImportedToday: false }, []],
    ['at noon that no ledger came in', { ...at('12:00'), wasImportedToday: false }, ['no-import']],
    ['that mails are due and none was sent for half an hour', { due: 3, oldestDueAt: longAgo }, ['nothing-sent']],
    [
      'not when one of them left lately',
      { due: 3, oldestDueAt: longAgo, lastSentAt: Temporal.Instant.from('2026-11-23T12:15:00+04:00') },
      [],
    ],
    ['not when a person has stopped it', { due: 3, oldestDueAt: longAgo, isStopped: true }, []],
    ['of mails that nobody sweeps up', { stuck: 1 }, ['stuck']],
    ['of more than five in doubt', { uncertain: 6 }, ['uncertain']],
    ['not of five', { uncertain: 5 }, []],
    ['that the mailbox has gone unread', { isInboxStale: true }, ['inbox-stale']],
    ['of mails refused as ours', { blocked: 1 }, ['blocked']],
    ['fourteen days before the sign-in ends', { signInDaysLeft: 14 }, ['sign-in-ends']],
    ['not fifteen', { signInDaysLeft: 15 }, []],
    ['of a company without a ledger nothing at all', { hasLedger: false, wasPlannedToday: false, wasImportedToday: false }, []],
  ])('%s', (_, changes, expected) => expect(codes(changes)).toEqual(expected));

  it('never outside the window, nor on a day off, whatever is wrong', () => {
    const wrong = { wasPlannedToday: false, wasImportedToday: false, due: 9, oldestDueAt: longAgo, stuck: 3, uncertain: 99 };
    expect(codes({ ...wrong, isWindowOpen: false })).toEqual([]);
    expect(codes({ ...wrong, isWorkingDay: false })).toEqual([]);
    expect(codes(wrong)).toHaveLength(5);
  });
});
