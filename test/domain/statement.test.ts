import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AGEING_BUCKETS } from '../../src/domain/ageing.ts';
import { asId } from '../../src/domain/ids.ts';
import { bucketOf, statementOf } from '../../src/domain/statement.ts';
import type { Block } from '../../src/domain/account-facts.ts';
import { block, cashOnAccount, creditNote, invoice, TODAY } from './builders.ts';
import { factsArbitrary } from './generated.ts';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, minor) => total + minor, 0n);

describe('a statement of account', () => {
  test('lists what is not due yet beside what is overdue, the longest due first, and credits after them', () => {
    const { currencies } = statementOf(
      [
        creditNote('30', { number: 'CN-1' }),
        invoice('10', { id: 2, number: 'NEW', overdueFor: -5 }),
        invoice('20', { number: 'OLD', overdueFor: 50 }),
      ],
      TODAY,
    );
    const [aed] = currencies;
    expect(aed?.groups[0]?.lines.map(({ item, daysPastDue, balanceMinor }) => [item.number, daysPastDue, balanceMinor])).toEqual([
      ['OLD', 50, 2000n],
      ['NEW', 0, 1000n],
      ['CN-1', 0, -3000n],
    ]);
    expect(aed).toMatchObject({ totalMinor: 0n, creditsMinor: -3000n, minorByBucket: { current: 1000n, '31-60': 2000n } });
  });

  test('tells which invoices are disputed, promised or paid by cheque, and changes no figure by it', () => {
    const items = [...[1, 2, 3].map((id) => invoice(`${id}00`, { id, number: `I-${id}` })), creditNote('30', { id: 101, number: 'CN' })];
    const standing = [
      block('DISPUTE', { invoiceId: asId(1), amountMinor: 2_500n }),
      block('PROMISE', { invoiceId: asId(2) }),
      block('CHEQUE', { invoiceId: asId(2), amountMinor: 500n }),
      // Over, the company's own affair, or of the account as a whole by an amount: none of a row's business.
      block('PROMISE', { invoiceId: asId(3), untilOn: TODAY.subtract({ days: 1 }) }),
      block('DO_NOT_CHASE', { invoiceId: asId(3) }),
      block('PROMISE', { invoiceId: null, amountMinor: 5_000n }),
    ];
    const marksBy = (blocks: readonly Block[]) => {
      const lines = statementOf(items, TODAY, blocks).currencies[0]?.groups[0]?.lines ?? [];
      return new Map(lines.map(({ item, marks }) => [item.number, marks]));
    };
    expect(marksBy(standing)).toEqual(
      new Map([
        ['I-1', [{ kind: 'DISPUTE', amountMinor: 2_500n }]],
        [
          'I-2',
          [
            { kind: 'PROMISE', amountMinor: null },
            { kind: 'CHEQUE', amountMinor: 500n },
          ],
        ],
        ['I-3', []],
        ['CN', []],
      ]),
    );
    const whole = marksBy([block('DISPUTE', { invoiceId: null })]);
    expect([whole.get('I-3'), whole.get('CN')]).toEqual([[{ kind: 'DISPUTE', amountMinor: null }], []]);
    expect(statementOf(items, TODAY, standing).currencies[0]?.totalMinor).toBe(statementOf(items, TODAY).currencies[0]?.totalMinor);
  });

  test('shows what was paid of an invoice, and what was used of a credit', () => {
    const part = { ...invoice('100'), balanceMinor: 4_000n };
    const used = { ...cashOnAccount('80'), balanceMinor: -2_500n };
    const lines = statementOf([part, used], TODAY).currencies[0]?.groups[0]?.lines;
    expect(lines?.map(({ totalMinor, settledMinor, balanceMinor }) => [totalMinor, settledMinor, balanceMinor])).toEqual([
      [10_000n, 6_000n, 4_000n],
      [-8_000n, -5_500n, -2_500n],
    ]);
  });

  test('keeps currencies apart, and groups by branch only when there are branches', () => {
    const branch = { branchId: asId<'customer'>(18), branchCode: 'C-18', branchName: 'Deira' };
    const one = statementOf([invoice('1'), invoice('2', { id: 2, currency: 'USD' })], TODAY);
    expect(one.currencies.map(({ currency, groups }) => [currency, groups.length, groups[0]?.branch])).toEqual([
      ['AED', 1, null],
      ['USD', 1, null],
    ]);
    const two = statementOf([invoice('1'), { ...invoice('2', { id: 2 }), ...branch }], TODAY);
    expect(two.currencies[0]?.groups.map(({ branch: of, totalMinor }) => [of?.code, totalMinor])).toEqual([
      ['C-17', 100n],
      ['C-18', 200n],
    ]);
  });

  test('of an account with nothing open is empty', () => {
    expect(statementOf([], TODAY)).toEqual({ asOn: TODAY, currencies: [], lineCount: 0 });
  });

  test('loses no item, and its rows, branches, and ages with credits each make its totals', () => {
    fc.assert(
      fc.property(factsArbitrary, ({ items }) => {
        const statement = statementOf(items, TODAY);
        const rows = statement.currencies.flatMap(({ groups }) => groups.flatMap(({ lines }) => lines));
        expect(new Set(rows.map(({ item }) => item))).toEqual(new Set(items.filter(({ balanceMinor }) => balanceMinor !== 0n)));
        expect(statement.lineCount).toBe(rows.length);
        for (const { currency, groups, minorByBucket, creditsMinor, totalMinor } of statement.currencies) {
          const own = groups.flatMap(({ lines }) => lines);
          expect(own.every(({ item }) => item.currency === currency)).toBe(true);
          expect(sum(own.map(({ balanceMinor }) => balanceMinor))).toBe(totalMinor);
          expect(sum(groups.map((group) => group.totalMinor))).toBe(totalMinor);
          expect(sum(AGEING_BUCKETS.map((bucket) => minorByBucket[bucket])) + creditsMinor).toBe(totalMinor);
          for (const bucket of AGEING_BUCKETS) {
            expect(sum(own.filter((line) => bucketOf(line) === bucket).map(({ balanceMinor }) => balanceMinor))).toBe(
              minorByBucket[bucket],
            );
          }
          for (const line of own) expect(line.totalMinor - line.settledMinor).toBe(line.balanceMinor);
        }
      }),
    );
  });

  test('is the same however the facts were read', () => {
    fc.assert(
      fc.property(factsArbitrary, ({ items }) => {
        expect(statementOf(items.toReversed(), TODAY)).toEqual(statementOf(items, TODAY));
      }),
    );
  });
});
