import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AGEING_BUCKETS } from '../../../src/domain/ageing.ts';
import { addDays, type Day } from '../../../src/domain/days.ts';
import { agedBalances, overdueMinor, receivableMinor } from '../../../src/domain/insight/ledger-day.ts';
import { tenths, tenthsText, type Tenths } from '../../../src/domain/insight/ratio.ts';
import {
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  simpleDso,
  type Period,
} from '../../../src/domain/insight/receivables.ts';
import { savingsOf, oneByOneMails } from '../../../src/domain/insight/savings.ts';
import { readDocument, tableRowsOf } from '../../docs/markdown.ts';
import { ageOf, billedIn, daysLate, leftOn, naiveCountback, openOn, shown, type NaiveInvoice } from './naive-ledger.ts';

const day = (text: string): Day => Temporal.PlainDate.from(text);
const text = (value: Tenths | null): string | null => (value === null ? null : tenthsText(value));

/** As the database gives them: what is open per due day, and the months' billing newest first. */
function periodOf(invoices: readonly NaiveInvoice[], from: Day, to: Day): Period {
  const open = agedOn(invoices, to);
  return {
    days: from.until(to, { largestUnit: 'days' }).days + 1,
    openingMinor: openOn(invoices, addDays(from, -1)),
    billedMinor: billedIn(invoices, from, to),
    receivableMinor: open === undefined ? 0n : receivableMinor(open),
    currentMinor: open?.minorByBucket.current ?? 0n,
  };
}

const agedOn = (invoices: readonly NaiveInvoice[], on: Day) =>
  agedBalances(
    invoices.map((one) => ({ currency: one.currency, dueOn: one.dueOn, openMinor: leftOn(one, on), items: leftOn(one, on) > 0n ? 1 : 0 })),
    on,
  )[0];

function monthsBack(invoices: readonly NaiveInvoice[], to: Day, count: number) {
  return Array.from({ length: count }, (_, ago) => {
    const starts = to.with({ day: 1 }).subtract({ months: ago });
    const ends = ago === 0 ? to : starts.add({ months: 1 }).subtract({ days: 1 });
    return { days: starts.until(ends, { largestUnit: 'days' }).days + 1, billedMinor: billedIn(invoices, starts, ends) };
  });
}

const tables = Map.groupBy(tableRowsOf(readDocument('docs/domain.md')), ({ under }) => under).get('Ten invoices by hand') ?? [];
const fils = (amount: string): bigint => BigInt(amount.replaceAll(',', '')) * 100n;
const byHand: readonly NaiveInvoice[] = tables
  .filter(({ cells }) => cells.length === 5)
  .map(({ cells: [, issued = '', due = '', amount = '', paid = ''] }) => {
    const [part, on] = paid.split(' on ');
    return {
      account: 'C-1',
      currency: 'AED',
      issuedOn: day(issued),
      dueOn: day(due),
      totalMinor: fils(amount),
      paid: on === undefined ? [] : [{ on: day(on), minor: fils(part ?? '') }],
    };
  });
const figures = Object.fromEntries(tables.filter(({ cells }) => cells.length === 3).map(({ cells }) => [cells[0] ?? '', cells[2] ?? '']));

describe('the ten invoices of docs/domain.md', () => {
  const [from, to] = [day('2026-06-01'), day('2026-06-30')];
  const money = (minor: bigint): string => (minor / 100n).toString().replace(/(\d)(?=(\d{3})+$)/g, '$1,');

  it('are ten, with thirteen figures', () => {
    expect([byHand.length, Object.keys(figures).length]).toEqual([10, 13]);
  });

  it('give the figures printed there', () => {
    const period = periodOf(byHand, from, to);
    const buckets = agedOn(byHand, to)?.minorByBucket;
    const contact = { mails: 1, items: 3 };
    const saved = savingsOf({ mails: 1, oneByOne: oneByOneMails(contact, 5) });
    expect({
      opening: money(period.openingMinor),
      billed: money(period.billedMinor),
      receivables: money(period.receivableMinor),
      'not overdue': money(period.currentMinor),
      '1-30 days': money(buckets?.['1-30'] ?? 0n),
      '31-60 days': money(buckets?.['31-60'] ?? 0n),
      DSO: text(simpleDso(period)),
      'DSO countback': text(countbackDso(period.receivableMinor, monthsBack(byHand, to, 6))),
      'best possible DSO': text(bestPossibleDso(period)),
      'average days delinquent': text(averageDaysDelinquent(period)),
      'collection effectiveness': text(collectionEffectiveness(period)),
      'emails avoided': String(saved.emailsAvoided),
      'per cent avoided': text(saved.percent),
    }).toEqual(figures);
  });

  it('give the same figures the naive way', () => {
    const open = openOn(byHand, to);
    const [current, billed, opening] = [openOn(byHand, to, 'current'), billedIn(byHand, from, to), openOn(byHand, addDays(from, -1))];
    expect([shown(open * 30n, billed), naiveCountback(byHand, to, 6), shown(current * 30n, billed)]).toEqual([
      figures['DSO'],
      figures['DSO countback'],
      figures['best possible DSO'],
    ]);
    expect(shown((open - current) * 30n, billed)).toBe(figures['average days delinquent']);
    expect(shown((opening + billed - open) * 100n, opening + billed - current)).toBe(figures['collection effectiveness']);
  });
});

const invoices = fc.array(
  fc
    .record({
      issuedAgo: fc.integer({ min: 0, max: 400 }),
      terms: fc.integer({ min: 0, max: 90 }),
      totalMinor: fc.oneof(fc.bigInt({ min: 1n, max: 500n }), fc.bigInt({ min: 1n, max: 900_000_000_000n })),
      paid: fc.array(fc.record({ after: fc.integer({ min: 0, max: 200 }), percent: fc.integer({ min: 0, max: 100 }) }), { maxLength: 3 }),
    })
    .map(({ issuedAgo, terms, totalMinor, paid }): NaiveInvoice => {
      const issuedOn = addDays(day('2026-06-17'), -issuedAgo);
      let left = totalMinor;
      const parts = paid.map(({ after, percent }) => {
        const minor = (left * BigInt(percent)) / 100n;
        left -= minor;
        return { on: addDays(issuedOn, after), minor };
      });
      return { account: 'C-1', currency: 'AED', issuedOn, dueOn: addDays(issuedOn, terms), totalMinor, paid: parts };
    }),
  { maxLength: 12 },
);

describe('on any ledger', () => {
  const [from, to] = [day('2026-03-20'), day('2026-06-17')];

  it('DSO, best possible, delinquent days and effectiveness agree with the naive figures', () => {
    fc.assert(
      fc.property(invoices, (ledger) => {
        const period = periodOf(ledger, from, to);
        const [open, current] = [openOn(ledger, to), openOn(ledger, to, 'current')];
        const [billed, opening] = [billedIn(ledger, from, to), openOn(ledger, addDays(from, -1))];
        expect(text(simpleDso(period))).toBe(shown(open * 90n, billed));
        expect(text(bestPossibleDso(period))).toBe(shown(current * 90n, billed));
        expect(text(averageDaysDelinquent(period))).toBe(shown((open - current) * 90n, billed));
        expect(text(collectionEffectiveness(period))).toBe(shown((opening + billed - open) * 100n, opening + billed - current));
      }),
    );
  });

  it('the countback agrees with the naive one', () => {
    fc.assert(
      fc.property(invoices, (ledger) => {
        expect(text(countbackDso(openOn(ledger, to), monthsBack(ledger, to, 18)))).toBe(naiveCountback(ledger, to, 18));
      }),
    );
  });

  it('every open amount is in one age, and the overdue ones are all but the current', () => {
    fc.assert(
      fc.property(invoices, (ledger) => {
        const balance = agedOn(ledger, to);
        if (balance === undefined) return;
        for (const age of AGEING_BUCKETS) expect(balance.minorByBucket[age]).toBe(openOn(ledger, to, age));
        expect(overdueMinor(balance)).toBe(
          ledger.filter((one) => ageOf(daysLate(one, to)) !== 'current').reduce((sum, one) => sum + leftOn(one, to), 0n),
        );
      }),
    );
  });

  it('a quotient is rounded half away from zero and says nothing over nothing', () => {
    expect([tenths(1n, 20n), tenths(-1n, 20n), tenths(3n, 2n), tenths(0n, -5n), tenths(1n, 0n)]).toEqual([1, -1, 15, 0, null]);
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b) => {
        expect(text(tenths(a, b))).toBe(shown(a, b));
      }),
    );
  });
});

describe('savings', () => {
  it('hold every contact against what the policy would have sent that day one by one', () => {
    const contact = fc.record({ mails: fc.integer({ min: 1, max: 7 }), extra: fc.integer({ min: 0, max: 30 }) });
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 20 }), fc.integer({ min: 1, max: 10 }), (contacts, daily) => {
        const all = contacts.map(({ mails, extra }) => ({ mails, items: mails + extra }));
        const oneByOne = all.reduce((sum, one) => sum + oneByOneMails(one, daily), 0);
        const mails = all.reduce((sum, one) => sum + one.mails, 0);
        // Counted out: each invoice a mail until the day's number is reached, and never fewer than were sent.
        let naive = 0;
        for (const one of all) {
          let sent = 0;
          for (let item = 0; item < one.items; item += 1) if (sent < daily || sent < one.mails) sent += 1;
          naive += sent;
        }
        expect(oneByOne).toBe(naive);
        const { emailsAvoided, percent } = savingsOf({ mails, oneByOne });
        expect(emailsAvoided).toBeGreaterThanOrEqual(0);
        expect(text(percent)).toBe(shown(BigInt(naive - mails) * 100n, BigInt(naive)));
      }),
    );
  });
});
