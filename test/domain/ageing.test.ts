import { expect, test } from 'vitest';
import { ageingBucket, ageingOf, isOver90 } from '../../src/domain/ageing.ts';
import { creditNote, invoice, TODAY } from './builders.ts';

test.each([
  [-5, 'current'],
  [0, 'current'],
  [1, '1-30'],
  [30, '1-30'],
  [31, '31-60'],
  [60, '31-60'],
  [61, '61-90'],
  [90, '61-90'],
  [91, '91-120'],
  [120, '91-120'],
  [121, '121-180'],
  [180, '121-180'],
  [181, '181-365'],
  [365, '181-365'],
  [366, 'over-365'],
  [5000, 'over-365'],
])('%i days past due age as %s', (days, bucket) => {
  expect(ageingBucket(days)).toBe(bucket);
});

test('the usual roll-up begins after 90 days', () => {
  expect(isOver90(ageingBucket(90))).toBe(false);
  expect(isOver90(ageingBucket(91))).toBe(true);
});

test('balances are added per currency and bucket, credits left out', () => {
  const items = [
    invoice('100', { overdueFor: 0 }),
    invoice('20', { id: 2, overdueFor: 91 }),
    invoice('5', { id: 3, overdueFor: 400 }),
    invoice('7', { id: 4, currency: 'USD', overdueFor: 30 }),
    creditNote('50'),
  ];
  const ageing = ageingOf(items, TODAY);
  expect(ageing).toHaveLength(2);
  expect(ageing[0]).toMatchObject({
    currency: 'AED',
    totalMinor: 12_500n,
    over90Minor: 2500n,
    minorByBucket: { current: 10_000n, '91-120': 2000n, 'over-365': 500n },
  });
  expect(ageing[1]).toMatchObject({ currency: 'USD', totalMinor: 700n, over90Minor: 0n });
});
