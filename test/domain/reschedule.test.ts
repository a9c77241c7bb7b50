import { describe, expect, it } from 'vitest';

import { accountDay } from '../../src/domain/planning-day.ts';
import { newMoment, type Movable, type WantedMoment } from '../../src/domain/reschedule.ts';
import { asId } from '../../src/domain/ids.ts';
import { account, contact, context, day, type FactsChanges } from './builders.ts';

const on = (text: string): WantedMoment => ({ on: day(text) });
const at = (text: string): WantedMoment => ({ at: Temporal.Instant.from(`${text}:00+04:00`) });

/** Asked on Monday 23 November 2026 at ten. */
function ask(
  wanted: WantedMoment,
  reminder: Partial<Movable> = {},
  { asOn = '2026-11-23', facts = {} }: { readonly asOn?: string; readonly facts?: FactsChanges } = {},
) {
  const judged = context({ asOn: day(asOn), at: '10:00' });
  const of = account(facts);
  const full: Movable = { level: 'POLITE', origin: 'PLANNED', contactId: asId(7), finalDeadlineOn: null, approval: null, ...reminder };
  return newMoment(wanted, full, of, accountDay(of.account, judged));
}

function local(moment: ReturnType<typeof ask>): string {
  const moves = moment.kind === 'at' ? moment.at : moment.kind === 'closed' ? moment.next : null;
  if (moves === null) return moment.kind;
  return `${moment.kind} ${moves.toZonedDateTimeISO('Asia/Dubai').toPlainDateTime().toString({ smallestUnit: 'minute' })}`;
}

describe('a reminder asked to leave', () => {
  it.each([
    ['on a later working day leaves when it opens', on('2026-11-26'), 'at 2026-11-26T09:00'],
    ['on the day itself leaves at once', on('2026-11-23'), 'at 2026-11-23T10:00'],
    ['at a time inside the window leaves then', at('2026-11-26T14:00'), 'at 2026-11-26T14:00'],
    ['at the window’s first minute leaves then', at('2026-11-26T09:00'), 'at 2026-11-26T09:00'],
    ['a minute before it does not', at('2026-11-26T08:59'), 'closed 2026-11-26T09:00'],
    ['at the window’s last minute leaves then', at('2026-11-26T16:59'), 'at 2026-11-26T16:59'],
    ['when it closes does not', at('2026-11-26T17:00'), 'closed 2026-11-27T09:00'],
    ['on a weekend does not', on('2026-11-28'), 'closed 2026-11-30T09:00'],
    ['on a day off does not', on('2026-12-02'), 'closed 2026-12-04T09:00'],
    ['on the last day of a year', on('2026-12-31'), 'at 2026-12-31T09:00'],
    ['on a day nobody knows', on('2031-02-03'), 'closed'],
    ['yesterday', on('2026-11-22'), 'past'],
    ['a minute ago', at('2026-11-23T09:59'), 'past'],
    ['now', at('2026-11-23T10:00'), 'at 2026-11-23T10:00'],
  ])('%s', (_when, wanted, answer) => {
    expect(local(ask(wanted))).toBe(answer);
  });

  it('as early as the rules allow is not put off', () => {
    expect(ask(on('2026-11-23'))).toMatchObject({ kind: 'at', isEarliest: true });
    expect(ask(at('2026-11-23T10:01'))).toMatchObject({ kind: 'at', isEarliest: false });
  });

  it('that only the rules approved waits for the morning’s receipts on its new day too', () => {
    const approval = { kind: 'RULE', lapsesOn: null } as const;
    expect(local(ask(on('2026-11-26'), { approval }))).toBe('at 2026-11-26T10:30');
    expect(local(ask(at('2026-11-26T10:29'), { approval }))).toBe('closed 2026-11-26T10:30');
  });

  it.each([
    ['2026-11-27', 'at'],
    ['2026-11-30', 'at'],
    ['2026-12-01', 'approval-lapses'],
  ])('on %s while its approval holds until 30 November: %s', (text, kind) => {
    expect(ask(on(text), { approval: { kind: 'PERSON', lapsesOn: day('2026-11-30') } }).kind).toBe(kind);
  });

  it.each([
    ['2026-11-26', 'at'],
    ['2026-11-27', 'deadline-too-near'],
  ])('on %s as a FINAL that names 9 December, seven working days after 26 November: %s', (text, kind) => {
    // Off: the weekends, and 2 and 3 December.
    expect(ask(on(text), { level: 'FINAL', finalDeadlineOn: day('2026-12-09') }).kind).toBe(kind);
  });

  it('above FIRM in the last ten days of Ramadan is not, a FIRM is', () => {
    const asOn = '2026-03-05';
    expect(ask(on('2026-03-11'), { level: 'URGENT' }, { asOn })).toMatchObject({ kind: 'too-early', reason: { code: 'quiet-season' } });
    expect(local(ask(on('2026-03-11'), { level: 'FIRM' }, { asOn }))).toBe('at 2026-03-11T10:00');
    expect(local(ask(on('2026-03-09'), { level: 'URGENT' }, { asOn }))).toBe('at 2026-03-09T10:00');
  });

  it.each([
    ['2026-11-26', 'too-early'],
    ['2026-11-27', 'at'],
  ])('on %s, seven days after a contact being 27 November: %s', (text, kind) => {
    const facts = { contacts: [contact('POLITE', 3)], account: { episodeStartedOn: day('2026-11-01') } };
    expect(ask(on(text), {}, { facts }).kind).toBe(kind);
    expect(ask(on(text), { origin: 'MANUAL' }, { facts }).kind).toBe('at');
  });
});
