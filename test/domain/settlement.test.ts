import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustmentFor, settlementOf } from '../../src/domain/settlement.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const issuedOn = day('2026-10-01');

describe('what is left of a document', () => {
  it.each([
    ['nothing allocated', 1000n, 0n, null, 1000n, null],
    ['partly paid', 1000n, 400n, '2026-11-02', 600n, null],
    ['closed by its last allocation, on that day', 1000n, 1000n, '2026-11-09', 0n, '2026-11-09'],
    ['over nothing: settled the day it was issued', 0n, 0n, null, 0n, '2026-10-01'],
  ] as const)('%s', (_, totalMinor, allocatedMinor, last, openMinor, settledOn) => {
    const settlement = settlementOf({ totalMinor, issuedOn, allocatedMinor, lastEffectiveOn: last === null ? null : day(last) });
    expect(settlement).toEqual({ kind: 'settled-by', openMinor, settledOn: settledOn === null ? null : day(settledOn) });
  });

  it('is never stored when more was allocated than it is worth', () => {
    expect(settlementOf({ totalMinor: 10n, issuedOn, allocatedMinor: 11n, lastEffectiveOn: issuedOn })).toEqual({
      kind: 'over-allocated',
      excessMinor: 1n,
    });
  });

  it('has a settlement day exactly when nothing is open', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (totalMinor, allocatedMinor) => {
        const settlement = settlementOf({ totalMinor, issuedOn, allocatedMinor, lastEffectiveOn: issuedOn });
        if (settlement.kind === 'over-allocated') return allocatedMinor > totalMinor;
        return settlement.openMinor + allocatedMinor === totalMinor && (settlement.settledOn === null) === settlement.openMinor > 0n;
      }),
    );
  });
});

describe('the adjustment to a stated balance', () => {
  it.each([
    ['the ledger closed some of it', { totalMinor: 1000n, statedOpenMinor: 400n, allocatedByThenMinor: 0n, allocatedMinor: 0n }, 600n],
    ['it says what is recorded', { totalMinor: 1000n, statedOpenMinor: 400n, allocatedByThenMinor: 600n, allocatedMinor: 600n }, 0n],
    [
      'it has more open than recorded',
      { totalMinor: 1000n, statedOpenMinor: 700n, allocatedByThenMinor: 600n, allocatedMinor: 600n },
      -300n,
    ],
    [
      'money recorded by hand after its day is left alone',
      { totalMinor: 1000n, statedOpenMinor: 1000n, allocatedByThenMinor: 0n, allocatedMinor: 250n },
      0n,
    ],
    [
      'it may count money recorded by hand since: never more than is open',
      { totalMinor: 1000n, statedOpenMinor: 0n, allocatedByThenMinor: 0n, allocatedMinor: 900n },
      100n,
    ],
  ] as const)('%s', (_, stated, expected) => {
    expect(adjustmentFor(stated)).toBe(expected);
  });
});
