import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountFacts, OpenItem } from '../../src/domain/account-facts.ts';
import { accountClaim } from '../../src/domain/claim.ts';
import type { Priority } from '../../src/domain/decision.ts';
import { planningDay } from '../../src/domain/planning-day.ts';
import { priorityOf, scoreOf } from '../../src/domain/priority.ts';
import { context, creditNote, day, daysAgo, invoice, owing } from './builders.ts';
import { factsArbitrary } from './generated.ts';

const TODAY = planningDay(context());

const priorityFor = (facts: AccountFacts): Priority | null => {
  const claim = accountClaim({ ...facts, blocks: [] }, TODAY);
  return claim === null || claim.claims.length === 0 ? null : priorityOf(claim.claims, facts, TODAY);
};
const scoreFor = (facts: AccountFacts): number => priorityFor(facts)?.score ?? 0;

const two = (amount: string, overdueFor: number): readonly OpenItem[] => [
  invoice(amount, { id: 1, overdueFor }),
  invoice(amount, { id: 2, overdueFor }),
];

describe('the score', () => {
  test('two invoices of 50,000 at 90 days score above 80; two of 500 at 5 days below 30', () => {
    expect(scoreFor(owing(two('50000', 90)))).toBeGreaterThan(80);
    expect(scoreFor(owing(two('500', 5)))).toBeLessThan(30);
    expect(scoreFor(owing(two('50000', 90), { account: { customerSince: day('2000-01-01') } }))).toBeGreaterThan(80);
    expect(scoreFor(owing(two('500', 5), { account: { customerSince: daysAgo(1) } }))).toBeLessThan(30);
  });

  test.each([
    [0n, 0],
    [1n, 0],
    [6000n, 9],
    [5_136_200n, 91],
    [9_999_999n, 100],
    [10_000_000n, 100],
    [99_999_999_999n, 100],
  ])('%d fils at risk score %d', (minor, score) => {
    expect(scoreOf(minor, TODAY)).toBe(score);
  });

  test('the parts explain it: value times risk is the money at risk', () => {
    const priority = priorityFor(owing([...two('5000', 47), creditNote('1000')]));
    if (priority === null) throw new Error('no priority');
    expect(priority.valueMinor).toBe(900_000n);
    const product = (priority.valueMinor * BigInt(priority.riskPpm)) / 1_000_000n;
    expect(Number(priority.atRiskMinor - product)).toBeLessThan(2);
    expect(priority.factors.map(({ name }) => name)).toContain('age');
    expect(priority.factors[0]).toMatchObject({ name: 'age', value: 'oldest item 47 days past due' });
  });
});

describe('worse facts never lower it', () => {
  /** Fails when worsening lowers anything; returns in how many generated accounts it raised the money at risk. */
  const timesRaised = (worsen: (facts: AccountFacts, by: number) => AccountFacts): number => {
    let raised = 0;
    fc.assert(
      fc.property(factsArbitrary, fc.integer({ min: 1, max: 60 }), (facts, by) => {
        const [before, after] = [priorityFor(facts), priorityFor(worsen(facts, by))];
        if (before === null) return;
        expect(after?.score ?? 0).toBeGreaterThanOrEqual(before.score);
        expect((after?.atRiskMinor ?? 0n) >= before.atRiskMinor).toBe(true);
        if ((after?.atRiskMinor ?? 0n) > before.atRiskMinor) raised += 1;
      }),
      { numRuns: 1000 },
    );
    return raised;
  };
  const items =
    (change: (item: OpenItem, index: number) => OpenItem) =>
    (facts: AccountFacts): AccountFacts => ({ ...facts, items: facts.items.map(change) });
  const isInvoice = (item: OpenItem): boolean => item.kind === 'INVOICE';

  test('older items', () =>
    expect(
      timesRaised((facts, by) =>
        items((item) => (item.dueOn === null ? item : { ...item, dueOn: item.dueOn.subtract({ days: by }) }))(facts),
      ),
    ).toBeGreaterThan(50));
  test('one older item', () =>
    expect(
      timesRaised((facts, by) =>
        items((item, index) => (item.dueOn === null || index !== 0 ? item : { ...item, dueOn: item.dueOn.subtract({ days: by }) }))(facts),
      ),
    ).toBeGreaterThan(50));
  test('a larger balance, by as little as a fils', () =>
    expect(
      timesRaised((facts, by) =>
        items((item, index) => (isInvoice(item) && index === 0 ? { ...item, balanceMinor: item.balanceMinor + BigInt(by * by) } : item))(
          facts,
        ),
      ),
    ).toBeGreaterThan(50));
  test('one more item', () =>
    expect(
      timesRaised((facts, by) => ({ ...facts, items: [...facts.items, invoice(String(by * 10), { id: 77, overdueFor: by })] })),
    ).toBeGreaterThan(50));
  test('a longer habit of paying late', () =>
    expect(
      timesRaised((facts, by) => ({
        ...facts,
        behaviour: { ...facts.behaviour, meanDaysLate: facts.behaviour.meanDaysLate === null ? null : facts.behaviour.meanDaysLate + by },
      })),
    ).toBeGreaterThan(50));
  test('a larger share paid very late', () =>
    expect(
      timesRaised((facts, by) => ({
        ...facts,
        behaviour: {
          ...facts.behaviour,
          lateShare: facts.behaviour.lateShare === null ? null : Math.min(1, facts.behaviour.lateShare + by / 60),
        },
      })),
    ).toBeGreaterThan(50));
  test('more broken promises', () =>
    expect(
      timesRaised((facts) => ({ ...facts, behaviour: { ...facts.behaviour, brokenPromises: facts.behaviour.brokenPromises + 1 } })),
    ).toBeGreaterThan(50));
  test('a shorter time as a customer', () =>
    expect(
      timesRaised((facts, by) => ({
        ...facts,
        account: { ...facts.account, customerSince: facts.account.customerSince?.add({ days: by * 10 }) ?? null },
      })),
    ).toBeGreaterThan(50));
  test('a credit used up elsewhere', () =>
    expect(timesRaised((facts) => ({ ...facts, items: facts.items.filter(isInvoice) }))).toBeGreaterThan(50));
});
