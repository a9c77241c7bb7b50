import { describe, expect, test } from 'vitest';
import { exampleOn, HORIZON_DAYS, type AccountHistory, type InvoiceLife } from '../../../src/domain/calibration/account-history.ts';
import { calibrate, calibrationDays } from '../../../src/domain/calibration/calibration.ts';
import { Draws } from '../../../src/domain/calibration/draws.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';

const DAYS = calibrationDays(700, 100);
const PRESENT = DEFAULT_POLICY.priority;

/** Each account has its own lateness between nothing and 120 days, and keeps to it. */
function ledger(accounts: number, latenessOf: (draws: Draws, account: number) => number): readonly AccountHistory[] {
  const draws = new Draws(5);
  return Array.from({ length: accounts }, (_, index) => {
    const invoices = Array.from({ length: 24 }, (_each, number): InvoiceLife => {
      const due = 100 + number * 25 + draws.below(20);
      const settled = due + Math.max(0, Math.round(latenessOf(draws, index)));
      return { issued: due - 30, due, settled, total: 10_000 + draws.below(1_000_000), parts: [] };
    });
    return { accountId: index + 1, customerSince: null, brokenPromises: [], invoices };
  });
}

const examplesOf = (histories: readonly AccountHistory[]) =>
  [...DAYS.earlier, ...DAYS.later].flatMap((asOn) => histories.flatMap((history) => exampleOn(history, { asOn, residue: 1_000 }) ?? []));

const habitual = examplesOf(ledger(150, (draws, account) => ((account * 37) % 120) + draws.below(20)));

describe('the days of a calibration', () => {
  test('lie a horizon apart, so that what is learnt from was known before the first day judged', () => {
    expect(DAYS.later).toEqual([580, 610, 640, 670]);
    expect(DAYS.earlier.length).toBe(8);
    expect((DAYS.earlier.at(-1) ?? 0) + HORIZON_DAYS).toBeLessThanOrEqual(DAYS.later[0] ?? 0);
    expect((DAYS.later.at(-1) ?? 0) + HORIZON_DAYS).toBe(700);
  });

  test('need four after the first sixty of due invoices', () => {
    expect(calibrationDays(700, 700 - 179).later).toEqual([]);
    expect(calibrationDays(700, 700 - 180).later).toEqual([670]);
    expect(calibrationDays(700, null).later).toEqual([]);
  });
});

describe('a calibration', () => {
  test('finds weights that beat a policy that looks at nothing, on later days', () => {
    const blind = { ...PRESENT, baseLogit: 0, latenessWeight: 0, lateShareWeight: 0, tenureWeight: 0 };
    const found = calibrate(habitual, DAYS, blind);
    if (found.verdict === 'too-little') throw new Error(found.missing);
    expect(found.verdict).toBe('better');
    expect(found.gain.auc.low).toBeGreaterThan(0.1);
    expect(Object.values(found.weights).filter((weight, index) => index > 0 && weight < 0)).toEqual([]);
    const [fitted, , total] = found.orders;
    expect(fitted?.share.estimate).toBeGreaterThan(total?.share.estimate ?? 1);
  });

  test('finds nothing where everybody pays at the same rate, whatever the age and whoever they are', () => {
    const alike = examplesOf(ledger(150, (draws) => -40 * Math.log(1 - draws.below(1_000_000) / 1_000_000)));
    const found = calibrate(alike, DAYS, PRESENT);
    if (found.verdict === 'too-little') throw new Error(found.missing);
    expect(found.verdict).toBe('no-better');
    expect(found.gain.auc.low).toBeLessThan(0);
  });

  test('does not beat itself: what it found is no better than what is in force then', () => {
    const first = calibrate(habitual, DAYS, PRESENT);
    if (first.verdict === 'too-little') throw new Error(first.missing);
    expect(calibrate(habitual, DAYS, { ...PRESENT, ...first.weights }).verdict).toBe('no-better');
  });

  test('learns nothing from what became known later', () => {
    const first = calibrate(habitual, DAYS, PRESENT);
    const rewritten = habitual.map((example) =>
      DAYS.later.includes(example.asOn)
        ? { ...example, items: example.items.map((item) => ({ ...item, unpaid: item.open - item.unpaid })) }
        : example,
    );
    const again = calibrate(rewritten, DAYS, PRESENT);
    if (first.verdict === 'too-little' || again.verdict === 'too-little') throw new Error('too little');
    expect(again.weights).toEqual(first.weights);
    expect(again.verdict).toBe('no-better');
  });

  test('says what is missing when there is too little', () => {
    const missing = (examples: typeof habitual, days = DAYS): string => {
      const found = calibrate(examples, days, PRESENT);
      return found.verdict === 'too-little' ? found.missing : found.verdict;
    };
    expect(missing([], { earlier: [], later: [] })).toContain('too short');
    expect(missing(habitual.slice(0, 40))).toContain('cases to learn from');
    const allPaid = habitual.map((example) => ({ ...example, items: example.items.map((item) => ({ ...item, unpaid: 0 })) }));
    expect(missing(allPaid)).toContain('0 still unpaid');
  });
});

describe('a past day', () => {
  const invoice = (due: number, settled: number | null, parts: InvoiceLife['parts'] = []): InvoiceLife => ({
    issued: due - 30,
    due,
    settled,
    total: 10_000,
    parts,
  });
  const history = (...invoices: readonly InvoiceLife[]): AccountHistory => ({
    accountId: 1,
    customerSince: null,
    brokenPromises: [],
    invoices,
  });

  test('knows no payment, part payment, invoice or broken promise of a later one', () => {
    const known = history(invoice(100, 150), invoice(170, 400, [{ on: 190, amount: 4_000 }]));
    const seen = exampleOn(known, { asOn: 200, residue: 1_000 });
    const future = {
      ...known,
      brokenPromises: [201],
      invoices: [...known.invoices.map((one) => ({ ...one, parts: [...one.parts, { on: 201, amount: 1_000 }] })), invoice(240, null)],
    };
    const [before, after] = [seen?.items[0], exampleOn(future, { asOn: 200, residue: 1_000 })?.items[0]];
    expect(before).toMatchObject({ daysPastDue: 30, open: 6_000, unpaid: 6_000 });
    expect(after).toEqual({ ...before, unpaid: 5_000 });
  });

  test('is no example without anything overdue above a rest', () => {
    expect(exampleOn(history(invoice(200, 230)), { asOn: 200, residue: 1_000 })).toBeNull();
    expect(exampleOn(history(invoice(100, null, [{ on: 150, amount: 9_500 }])), { asOn: 200, residue: 1_000 })).toBeNull();
  });
});
