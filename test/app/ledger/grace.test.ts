/** How long a promise, a receipt not yet matched and a cheque keep their items out, at the edges of the working days each is given. */
import { expect, test } from 'vitest';
import { dayWithGrace } from '../../../src/app/ledger/grace.ts';
import { planAccount } from '../../../src/domain/plan-account.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import { block, calendarOf, context, day, invoice, owing, skipOf } from '../../domain/builders.ts';

const uae = calendarOf('uae-private');
const { promiseGraceWorkingDays, allocationWorkingDays, chequeWorkingDays } = DEFAULT_POLICY.blocks;

test.each([
  ['2026-11-26', 0, '2026-11-26', 'no grace'],
  ['2026-11-26', 1, '2026-11-27', 'the short Friday'],
  ['2026-11-26', 2, '2026-11-30', 'over the weekend'],
  ['2026-11-28', 2, '2026-12-01', 'named on a Saturday'],
  ['2026-11-30', 2, '2026-12-04', 'over National Day'],
  ['2026-12-31', 2, '2027-01-05', 'over the end of the year and New Year’s Day'],
  ['2024-02-28', 1, '2024-02-29', 'onto a leap day'],
  ['2024-02-28', 2, '2024-03-01', 'over a leap day'],
  ['2028-02-28', 2, '2028-03-02', 'over a leap day on which it may still be Eid'],
  ['2030-12-31', 2, '2031-01-06', 'into a year nobody knows: three civil days each'],
])('a day named as %s with %i working days more is %s (%s)', (named, workingDays, until) => {
  expect(dayWithGrace(uae, day(named), workingDays)).toEqual(day(until));
});

/** Each is counted from Thursday 19 November 2026; the account owes one item, so that a block leaves nothing to ask. */
test.each([
  ['PROMISE', promiseGraceWorkingDays, '2026-11-22', 'blocked'],
  ['PROMISE', promiseGraceWorkingDays, '2026-11-23', 'blocked'],
  ['PROMISE', promiseGraceWorkingDays, '2026-11-24', null],
  ['CHEQUE', chequeWorkingDays, '2026-11-23', 'blocked'],
  ['CHEQUE', chequeWorkingDays, '2026-11-24', 'blocked'],
  ['CHEQUE', chequeWorkingDays, '2026-11-25', null],
  ['ALLOCATION', allocationWorkingDays, '2026-11-25', 'blocked'],
  ['ALLOCATION', allocationWorkingDays, '2026-11-26', 'blocked'],
  ['ALLOCATION', allocationWorkingDays, '2026-11-27', null],
] as const)('%s with %i working days of grace, on %s: %s', (kind, workingDays, asOn, code) => {
  const startedOn = day('2026-11-19');
  const blocks = [block(kind, { startedOn, untilOn: dayWithGrace(uae, startedOn, workingDays) })];
  expect(skipOf(planAccount(owing([invoice('5000')], { blocks }), context({ asOn: day(asOn) })))?.code ?? null).toBe(code);
});
