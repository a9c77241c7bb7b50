/** Ageing, DSO and the stored figures against a second, naive reading of the same ledger. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { readAgeing } from '../../../src/app/insight/read-ageing.ts';
import { readDso } from '../../../src/app/insight/read-dso.ts';
import { takeSnapshot, takeSnapshots } from '../../../src/app/insight/take-snapshots.ts';
import type { Session } from '../../../src/app/session.ts';
import { AGEING_BUCKETS } from '../../../src/domain/ageing.ts';
import { addDays, type Day } from '../../../src/domain/days.ts';
import { decimalText } from '../../../src/domain/money.ts';
import { testDatabase } from '../../support/database.ts';
import { ageOf, billedIn, daysLate, leftOn, naiveCountback, openOn, shown, type NaiveInvoice } from '../../domain/insight/naive-ledger.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { ledgers, writeLedger } from './generated-ledger.ts';

const database = testDatabase();
const TODAY = Temporal.PlainDate.from('2026-11-23');
let session: Session;

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'AGES' });
});

/** What `analytics ageing` should show of one day, per currency with anything open. */
function naiveAgeing(ledger: readonly NaiveInvoice[], on: Day) {
  const currencies = [...new Set(ledger.map(({ currency }) => currency))].toSorted();
  return currencies.flatMap((currency) => {
    const of = ledger.filter((one) => one.currency === currency && leftOn(one, on) > 0n);
    if (of.length === 0) return [];
    const overdue = of.filter((one) => ageOf(daysLate(one, on)) !== 'current');
    return [
      {
        currency,
        buckets: AGEING_BUCKETS.map((bucket) => ({ bucket, currency, amount: decimalText(openOn(of, on, bucket), currency) })),
        openItems: of.length,
        overdueItems: overdue.length,
        overdueAccounts: new Set(overdue.map(({ account }) => (account === 'C-4' ? 'C-3' : account))).size,
      },
    ];
  });
}

const shownAgeing = async (asOf: Day) => {
  const { currencies } = await readAgeing(session, { asOf, weeks: 0 });
  return currencies
    .filter(({ openItems }) => openItems > 0)
    .map(({ currency, buckets, openItems, overdueItems, overdueAccounts }) => ({
      currency,
      buckets,
      openItems,
      overdueItems,
      overdueAccounts,
    }));
};

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

describe('on any ledger', () => {
  const anyDay = fc.integer({ min: 0, max: 200 }).map((ago) => addDays(TODAY, -ago));

  it('ageing of today and of any earlier day is what a naive count gives, taken or not', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(ledgers(TODAY), anyDay, async (ledger, on) => {
        await writeLedger(database(), session, ledger);
        expect(await shownAgeing(TODAY)).toEqual(naiveAgeing(ledger, TODAY));
        expect(await shownAgeing(on)).toEqual(naiveAgeing(ledger, on));
        await takeSnapshot(session, on);
        expect(await shownAgeing(on)).toEqual(naiveAgeing(ledger, on));
      }),
      { numRuns: 15 },
    );
  });

  it('DSO and its kin are what a naive count gives', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(ledgers(TODAY), anyDay, fc.boolean(), async (ledger, on, isTaken) => {
        await writeLedger(database(), session, ledger);
        if (isTaken) await takeSnapshot(session, on);
        const { currencies } = await readDso(session, { asOf: on, months: 1 });
        for (const figures of currencies) {
          const of = ledger.filter(({ currency }) => currency === figures.currency);
          const [open, current] = [openOn(of, on), openOn(of, on, 'current')];
          const [billed, opening] = [billedIn(of, addDays(on, -89), on), openOn(of, addDays(on, -90))];
          expect(figures).toMatchObject({
            dso: numberOf(shown(open * 90n, billed)),
            countback: numberOf(naiveCountback(of, on, 12)),
            bestPossible: numberOf(shown(current * 90n, billed)),
            averageDaysDelinquent: numberOf(shown((open - current) * 90n, billed)),
            collectionEffectiveness: numberOf(shown((opening + billed - open) * 100n, opening + billed - current)),
          });
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('taking a day', () => {
  const ledger: readonly NaiveInvoice[] = [
    {
      account: 'C-1',
      currency: 'AED',
      issuedOn: day('2026-11-01'),
      dueOn: day('2026-11-10'),
      totalMinor: 10_000n,
      paid: [{ on: day('2026-11-22'), minor: 4_000n }],
    },
    { account: 'C-2', currency: 'AED', issuedOn: day('2026-11-12'), dueOn: day('2026-12-12'), totalMinor: 500n, paid: [] },
  ];

  const rows = async (): Promise<unknown> =>
    (
      await database().admin.query(
        `select to_jsonb(b) - 'id' as row from daily_balances b where company_id = $1 order by snapshot_on, currency`,
        [session.companyId],
      )
    ).rows;

  it('twice, or by two at once, leaves the same rows', async () => {
    await writeLedger(database(), session, ledger);
    await takeSnapshot(session, day('2026-11-20'));
    const once = await rows();
    await Promise.all([takeSnapshot(session, day('2026-11-20')), takeSnapshot(session, day('2026-11-20'))]);
    expect(await rows()).toEqual(once);
  });

  it('again after a late receipt says what is true now', async () => {
    await writeLedger(database(), session, ledger);
    await takeSnapshot(session, day('2026-11-20'));
    const late = [{ ...ledger[0]!, paid: [{ on: day('2026-11-15'), minor: 4_000n }] }, ledger[1]!];
    await writeLedger(database(), session, late);
    await takeSnapshot(session, day('2026-11-20'));
    expect(await shownAgeing(day('2026-11-20'))).toEqual(naiveAgeing(late, day('2026-11-20')));
  });

  it('fills in every day since the first invoice, and takes only the last week again', async () => {
    await writeLedger(database(), session, ledger);
    expect(await takeSnapshots(session)).toBe(22);
    const { rows: taken } = await database().admin.query('select from daily_snapshots where company_id = $1', [session.companyId]);
    expect(taken).toHaveLength(22);
    expect(await takeSnapshots(session)).toBe(7);
  });
});

function day(text: string): Day {
  return Temporal.PlainDate.from(text);
}
