import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountFacts, OpenItem } from '../../src/domain/account-facts.ts';
import { accountClaim } from '../../src/domain/claim.ts';
import { asId } from '../../src/domain/ids.ts';
import { daysPastDue } from '../../src/domain/days.ts';
import type { Priority } from '../../src/domain/decision.ts';
import { planningDay } from '../../src/domain/planning-day.ts';
import { priorityOf, scoreOf } from '../../src/domain/priority.ts';
import { block, context, creditNote, day, daysAgo, invoice, owing } from './builders.ts';
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
    expect(priority.factors.find(({ name }) => name === 'unpaid-now')?.value).toBe('2 overdue items open, the oldest 47 days past due');
  });
});

describe('age and habit', () => {
  const payer = (settledWeight: number, meanDaysLate: number) => ({
    behaviour: { settledInvoices: settledWeight / 4, settledWeight, meanDaysLate, lateShare: 0 },
  });
  const riskOf = (overdueFor: number, changes: Parameters<typeof owing>[1]): number =>
    priorityFor(owing([invoice('5000', { overdueFor })], changes))?.riskPpm ?? 0;

  test('an item no later than the account usually is says nothing more; one later than that does', () => {
    const [habit, late] = [payer(4_000, 60), payer(4_000, 5)];
    expect(riskOf(40, habit) - riskOf(10, habit)).toBeLessThan(1_000);
    expect(riskOf(40, late) - riskOf(10, late)).toBeGreaterThan(100_000);
    expect(riskOf(40, habit)).toBeGreaterThan(riskOf(40, late));
    expect(riskOf(90, habit)).toBeGreaterThan(riskOf(40, habit));
  });

  test('an account with old open items is not praised for the few it paid', () => {
    const few = payer(8, 0);
    const fresh = invoice('5000', { id: 1, overdueFor: 5 });
    const stuck = invoice('5000', { id: 2, overdueFor: 200 });
    const alone = priorityFor(owing([fresh], few));
    const beside = priorityFor(owing([fresh, stuck], few));
    expect(beside?.riskPpm).toBeGreaterThan((alone?.riskPpm ?? 0) * 2);
    expect(beside?.factors.find(({ name }) => name === 'unpaid-now')?.value).toBe('2 overdue items open, the oldest 200 days past due');
  });

  test('a disputed item and a few dirhams left open are no habit', () => {
    const record = payer(40, 3);
    const fresh = invoice('5000', { id: 1, overdueFor: 5 });
    const alone = priorityFor(owing([fresh], record));
    const disputed = owing([fresh, invoice('5000', { id: 2, overdueFor: 200 })], {
      ...record,
      blocks: [block('DISPUTE', { invoiceId: asId(2) })],
    });
    const claim = accountClaim(disputed, TODAY);
    expect(claim && priorityOf(claim.claims, disputed, TODAY).atRiskMinor).toBe(alone?.atRiskMinor);
    const rest = priorityFor(owing([fresh, invoice('9.99', { id: 2, overdueFor: 200 })], record));
    expect(Number((rest?.atRiskMinor ?? 0n) - (alone?.atRiskMinor ?? 0n))).toBeLessThan(1_000);
  });

  test('the parts read as a colleague would say them', () => {
    const factors = priorityFor(
      owing([invoice('5000', { overdueFor: 12 })], {
        behaviour: { settledInvoices: 24, settledWeight: 60, meanDaysLate: 38.2, lateShare: 0.1, brokenPromises: 1 },
      }),
    )?.factors.map(({ name, value }) => `${name}: ${value}`);
    expect(factors?.toSorted()).toEqual([
      'age: oldest item 12 days past due',
      'broken-promises: 1',
      'late-share: 10 % paid over 60 days late',
      'payment-habit: usually pays 38 days late (24 invoices)',
      'tenure: customer for 3.0 years',
      'unpaid-now: 1 overdue item open, the oldest 12 days past due',
    ]);
    const habitOf = (settledInvoices: number, meanDaysLate: number | null) =>
      priorityFor(owing([invoice('5')], { behaviour: { settledInvoices, settledWeight: settledInvoices, meanDaysLate } }))?.factors.find(
        ({ name }) => name === 'payment-habit',
      )?.value;
    expect(habitOf(1, 0.3)).toBe('usually pays on time (1 invoice)');
    expect(habitOf(1, 1.2)).toBe('usually pays 1 day late (1 invoice)');
    expect(habitOf(0, null)).toBe('nothing settled yet, taken as 15 days late');
  });

  test('the effects shown are all there is: with the base they add up to the log-odds of the oldest item', () => {
    fc.assert(
      fc.property(factsArbitrary, (facts) => {
        const oldest = facts.items.find(({ kind, dueOn }) => kind === 'INVOICE' && dueOn !== null);
        if (oldest === undefined) return;
        const single = { ...facts, items: [{ ...oldest, currency: 'AED' as const, balanceMinor: 900_000_000n }] };
        const priority = priorityFor(single);
        if (priority === null) return;
        const { baseLogit, latenessWeight, lateShareWeight, tenureWeight } = TODAY.policy.priority;
        const unknown = baseLogit + latenessWeight * Math.log(2) + lateShareWeight * 0.1 - (tenureWeight * 2) / 5;
        const logit = priority.factors.reduce((sum, { effect }) => sum + effect, unknown);
        expect(priority.riskPpm / 1e6).toBeCloseTo(1 / (1 + Math.exp(-logit)), 2);
      }),
    );
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

  /** Only what is overdue already: an item that falls due brings the credits linked to it, and they may cover more than itself. */
  const older = (item: OpenItem, by: number): OpenItem =>
    item.dueOn === null || daysPastDue(item.dueOn, TODAY.asOn) < 1 ? item : { ...item, dueOn: item.dueOn.subtract({ days: by }) };

  test('older items', () => expect(timesRaised((facts, by) => items((item) => older(item, by))(facts))).toBeGreaterThan(50));
  test('one older item', () =>
    expect(timesRaised((facts, by) => items((item, index) => (index === 0 ? older(item, by) : item))(facts))).toBeGreaterThan(50));
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
  test('a second open item with every other fact worse as well', () =>
    expect(
      timesRaised((facts, by) => ({
        ...facts,
        account: { ...facts.account, customerSince: facts.account.customerSince?.add({ days: by }) ?? null },
        items: [...facts.items.map((item) => older(item, by)), invoice(String(by), { id: 78, overdueFor: by * 5 })],
        behaviour: {
          ...facts.behaviour,
          meanDaysLate: facts.behaviour.meanDaysLate === null ? null : facts.behaviour.meanDaysLate + by,
          lateShare: facts.behaviour.lateShare === null ? null : Math.min(1, facts.behaviour.lateShare + by / 100),
          brokenPromises: facts.behaviour.brokenPromises + 1,
        },
      })),
    ).toBeGreaterThan(50));
  test('a credit used up elsewhere', () =>
    expect(timesRaised((facts) => ({ ...facts, items: facts.items.filter(isInvoice) }))).toBeGreaterThan(50));
});
