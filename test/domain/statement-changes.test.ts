import { expect, test } from 'vitest';
import { statementChanges } from '../../src/domain/statement-changes.ts';
import { statementOf } from '../../src/domain/statement.ts';
import { cashOnAccount, invoice, TODAY } from './builders.ts';

const ITEMS = [invoice('100', { number: 'INV-1' }), invoice('20', { id: 2, number: 'INV-2' }), cashOnAccount('5', { number: 'TT-1' })];
const STATEMENT = statementOf(ITEMS, TODAY);

test('nothing moved, or only something new came: no change', () => {
  expect(statementChanges(STATEMENT, ITEMS, [])).toEqual([]);
  expect(statementChanges(STATEMENT, [...ITEMS, invoice('7', { id: 9 })], [])).toEqual([]);
});

test('an item paid, partly paid or taken back is named with what it had and has', () => {
  const [first, second] = ITEMS as [(typeof ITEMS)[number], (typeof ITEMS)[number]];
  expect(statementChanges(STATEMENT, [{ ...first, balanceMinor: 4_000n }], [])).toEqual([
    'INV-1 on the attached statement had AED 100.00 open, now AED 40.00',
    'INV-2 on the attached statement had AED 20.00 open, now AED 0.00',
    'TT-1 on the attached statement had AED -5.00 open, now AED 0.00',
  ]);
  expect(statementChanges(STATEMENT, ITEMS.slice(1), [first])).toEqual([]);
  expect(statementChanges(STATEMENT, [first, ...ITEMS.slice(2)], [first])).toHaveLength(1);
  expect(second.number).toBe('INV-2');
});
