import { describe, expect, it } from 'vitest';

import { gateVerdict, type GateQuestion } from '../../src/domain/gate.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const opensAt = Temporal.Instant.from('2026-11-24T05:00:00Z');

const clear: GateQuestion = {
  stoppedWhy: null,
  opensAt: null,
  judgement: { kind: 'unchanged' },
  approval: { kind: 'PERSON', lapsesOn: today, bindsToWhatIsStored: true, bindsToWhatIsRendered: true },
  contactReasons: [],
  dayReasons: [],
  isAfterLongBreak: false,
  isLedgerStale: false,
  isInboxStale: false,
  today,
};

const ask = (changes: Partial<GateQuestion>, approval: Partial<GateQuestion['approval']> = {}) =>
  gateVerdict({ ...clear, ...changes, approval: { ...clear.approval, ...approval } });

describe('at the gate', () => {
  it('a reminder that nothing speaks against passes', () => {
    expect(ask({})).toEqual({ kind: 'pass' });
  });

  it.each([
    ['a fact that moved', ask({ judgement: { kind: 'changed', changes: ['INV-1 was paid or credited in full'] } }), 'INV-1 was paid'],
    ['no approval', ask({}, { kind: null }), 'not approved'],
    ['an approval that lapsed yesterday', ask({}, { lapsesOn: today.subtract({ days: 1 }) }), 'lapsed on 2026-11-22'],
    ['rows that are not those approved', ask({}, { bindsToWhatIsStored: false }), 'not what was approved'],
    ['a mail that would read differently', ask({}, { bindsToWhatIsRendered: false }), 'would not read as it was approved'],
    ['a long break, for what only a rule approved', ask({ isAfterLongBreak: true }, { kind: 'RULE', lapsesOn: null }), 'long break'],
  ])('%s sends it back to a person', (_why, verdict, words) => {
    expect(verdict.kind).toBe('review');
    expect('changes' in verdict ? verdict.changes.join() : '').toContain(words);
  });

  it('an approval holds on its last day, and a person covers the day after a long break', () => {
    expect(ask({ isAfterLongBreak: true }, { lapsesOn: today })).toEqual({ kind: 'pass' });
  });

  it('a person who approved with an old ledger is not overruled by its age', () => {
    expect(ask({ isLedgerStale: true })).toEqual({ kind: 'pass' });
  });

  it('with nothing left to ask it is cancelled, whatever else holds', () => {
    expect(ask({ judgement: { kind: 'nothing-left', changes: ['paid'] }, stoppedWhy: 'paused' }, { kind: null })).toEqual({
      kind: 'cancel',
      changes: ['paid'],
    });
  });

  it.each([
    ['sending is stopped', ask({ stoppedWhy: 'the company is paused' }), 'the company is paused', null],
    ['the mailbox has gone unread', ask({ isInboxStale: true }), 'inbox-stale', null],
    ['the ledger is too old for a rule to send by', ask({ isLedgerStale: true }, { kind: 'RULE', lapsesOn: null }), 'ledger-stale', null],
    ['the window is closed', ask({ opensAt }), 'outside-hours', opensAt],
    ['the calendar does not know the year', ask({ opensAt: 'never' }), 'calendar-unconfirmed', null],
    [
      'a season forbids its level',
      ask({ dayReasons: [{ code: 'quiet-season', until: today.add({ days: 9 }) }] }),
      'quiet-season',
      today.add({ days: 9 }),
    ],
    ['the ledger is too old to act on', ask({ dayReasons: [{ code: 'ledger-stale', since: today }] }), 'ledger-stale', null],
    [
      'the account was contacted meanwhile',
      ask({ contactReasons: [{ code: 'contact-interval', until: today.add({ days: 4 }) }] }),
      'contact-interval',
      today.add({ days: 4 }),
    ],
  ])('waits, still approved, while %s', (_when, verdict, why, until) => {
    expect(verdict).toEqual({ kind: 'wait', why, until });
  });

  it('a moved fact outweighs a closed window: nobody waits for the morning to learn of it', () => {
    expect(ask({ opensAt, judgement: { kind: 'changed', changes: ['INV-1 is disputed'] } }).kind).toBe('review');
  });
});
