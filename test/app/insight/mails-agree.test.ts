/** Volume, delivery and response against a second, naive count over the same reminders. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { readEffect } from '../../../src/app/insight/read-effect.ts';
import { readEngagement } from '../../../src/app/insight/read-engagement.ts';
import { readQueueHealth } from '../../../src/app/insight/read-queue-health.ts';
import { readVolume } from '../../../src/app/insight/read-volume.ts';
import { takeSnapshot } from '../../../src/app/insight/take-snapshots.ts';
import type { Session } from '../../../src/app/session.ts';
import { addDays, type Day } from '../../../src/domain/days.ts';
import { testDatabase } from '../../support/database.ts';
import type { NaiveInvoice } from '../../domain/insight/naive-ledger.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { ledgers, writeLedger } from './generated-ledger.ts';
import { BUSINESS_TYPE_OF, reminders, writeReminders, type MadeReminder } from './generated-mails.ts';

const database = testDatabase();
const TODAY = Temporal.PlainDate.from('2026-11-23');
const DAILY = 5;
let session: Session;

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'MAILS' });
});

const accepted = (made: readonly MadeReminder[]) => made.filter(({ outcome }) => outcome === 'ACCEPTED');

describe('on any reminders', () => {
  it(
    'mails, what one by one would have sent, and what came back are what a naive count gives, taken or not',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(reminders(TODAY), fc.integer({ min: 1, max: 60 }), async (made, ago) => {
          await writeLedger(database(), session, []);
          await writeReminders(database(), session, made);
          const check = async (): Promise<void> => {
            const { total, weeks } = await readVolume(session, { days: 80 });
            const contacts = Map.groupBy(accepted(made), ({ account, on }) => `${account} ${on.toString()}`);
            let oneByOne = 0;
            for (const mails of contacts.values()) {
              const items = mails.reduce((sum, { items: of }) => sum + of.length, 0);
              oneByOne += Math.max(mails.length, Math.min(items, DAILY));
            }
            expect(total).toMatchObject({ contacts: contacts.size, reminders: accepted(made).length, oneByOne });
            expect(weeks.reduce((sum, week) => sum + week.reminders, 0)).toBe(accepted(made).length);
            const { total: mail, byLevel, bySegment } = await readEngagement(session, { days: 80 });
            const until = (after: number | null, on: Day): boolean => after !== null && addDays(on, after).toString() <= TODAY.toString();
            expect(mail).toMatchObject({
              attempts: made.length,
              accepted: accepted(made).length,
              refused: made.filter(({ outcome }) => outcome === 'REFUSED').length,
              returned: accepted(made).filter(({ returnedAfter, on }) => until(returnedAfter, on)).length,
              replied: accepted(made).filter(({ repliedAfter, on }) => until(repliedAfter, on)).length,
              meanAcceptMs: accepted(made).length === 0 ? null : 250,
            });
            for (const { value, attempts } of byLevel) expect(attempts).toBe(made.filter(({ level }) => level === value).length);
            for (const { value, attempts } of bySegment)
              expect(attempts).toBe(made.filter(({ account }) => segment(account) === value).length);
          };
          await check();
          for (const back of [ago, ago + 1, ago - 1]) await takeSnapshot(session, addDays(TODAY, -Math.max(1, back)));
          await check();
        }),
        { numRuns: 12 },
      );
    },
  );

  it('what followed is compared with what the same accounts did before, as a naive count does', { timeout: 240_000 }, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(ledgers(addDays(TODAY, -60), { minLength: 30, maxLength: 50 }), reminders(TODAY, 12), async (ledger, made) => {
        await writeLedger(database(), session, ledger);
        await writeReminders(database(), session, made);
        const { responses } = await readEffect(session, { days: 80 });
        for (const response of responses) {
          const cases = casesOf(
            ledger,
            accepted(made).filter((one) => isOf(one, response)),
            response.days,
          );
          expect(response).toMatchObject({ invoices: cases.length, accounts: new Set(cases.map(({ account }) => account)).size });
          expect(response.settled.percent).toBe(tenth(mean(cases.map(({ settled }) => settled))));
          const differences = cases.flatMap(({ account, settled, earlier }) =>
            earlier === null ? [] : [{ account, by: settled - earlier }],
          );
          if (response.againstEarlier === null) continue;
          compared += 1;
          const middle = mean(differences.map(({ by }) => by));
          const half = 1.959964 * Math.sqrt(varianceOverAccounts(differences, middle));
          expect(response.againstEarlier.percent).toBeCloseTo(100 * middle, 0);
          expect(response.againstEarlier.low).toBeCloseTo(100 * (middle - half), 0);
          expect(response.againstEarlier.high).toBeCloseTo(100 * (middle + half), 0);
          expect(response.isSmallSample).toBe(true);
        }
      }),
      { numRuns: 10 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});

const segment = (account: string): string => ({ LLC: 'company', GOV_LOCAL: 'government' })[BUSINESS_TYPE_OF[account] ?? ''] ?? 'unknown';

function isOf(made: MadeReminder, { dimension, value }: { readonly dimension: string; readonly value: string }): boolean {
  const own: Readonly<Record<string, string>> = {
    all: 'all',
    level: made.level,
    language: made.language,
    weekday: String(made.on.dayOfWeek),
    segment: segment(made.account),
  };
  return own[dimension] === value;
}

interface Case {
  readonly account: string;
  readonly settled: number;
  /** Share of the account's earlier invoices, open at that age, that were settled so soon after; `null` without any. */
  readonly earlier: number | null;
}

function casesOf(ledger: readonly NaiveInvoice[], made: readonly MadeReminder[], days: number): readonly Case[] {
  return made
    .filter(({ on }) => addDays(on, days).toString() <= TODAY.toString())
    .flatMap((one) =>
      one.items.flatMap((number) => {
        const invoice = ledger[number];
        if (invoice === undefined || accountOf(invoice) !== one.account) return [];
        const age = invoice.dueOn.until(one.on, { largestUnit: 'days' }).days;
        const alike = ledger.filter((other) => {
          const looked = addDays(other.dueOn, age);
          const isOpenThen = settledOn(other) === null || String(settledOn(other)) > looked.toString();
          return (
            accountOf(other) === one.account &&
            other.dueOn.toString() > addDays(one.on, -730).toString() &&
            addDays(looked, days).toString() < one.on.toString() &&
            isOpenThen
          );
        });
        const soon = (other: NaiveInvoice, from: Day): number =>
          settledOn(other) !== null && String(settledOn(other)) <= addDays(from, days).toString() ? 1 : 0;
        return [
          {
            account: one.account,
            settled: soon(invoice, one.on),
            earlier: alike.length === 0 ? null : mean(alike.map((other) => soon(other, addDays(other.dueOn, age)))),
          },
        ];
      }),
    );
}

const accountOf = ({ account }: NaiveInvoice): string => (account === 'C-4' ? 'C-3' : account);

function settledOn(invoice: NaiveInvoice): Day | null {
  const paid = invoice.paid.reduce((sum, { minor }) => sum + minor, 0n);
  if (paid < invoice.totalMinor) return null;
  return (
    invoice.paid
      .map(({ on }) => on)
      .toSorted(Temporal.PlainDate.compare)
      .at(-1) ?? null
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const tenth = (share: number): number => Math.round(share * 1_000) / 10;

/** Of the mean, from each account's residuals. */
function varianceOverAccounts(values: readonly { readonly account: string; readonly by: number }[], middle: number): number {
  const accounts = [...Map.groupBy(values, ({ account }) => account).values()].map((of) =>
    of.reduce((sum, { by }) => sum + by - middle, 0),
  );
  const squares = accounts.reduce((sum, residual) => sum + residual * residual, 0);
  return (squares / values.length ** 2) * (accounts.length / (accounts.length - 1));
}

describe('the queue', () => {
  it('tells who did what, and has nothing waiting where nothing was planned', async () => {
    const { waiting, work, cashAtRisk, approvals } = await readQueueHealth(session, { days: 30 });
    expect({ waiting, cashAtRisk }).toEqual({ waiting: [], cashAtRisk: { currency: 'AED', amount: '0.00' } });
    expect(work.map(({ login }) => login)).toEqual(['amal']);
    expect(approvals.medianMinutes).toBeNull();
  });
});
