/** The queue in every order, page by page: no reminder twice, none left out, whatever customers are called. */
import { beforeAll, describe, expect, it } from 'vitest';

import { companyWith, testInstallation } from './installation.ts';
import { customer, importSmallLedger, invoice } from './ledger-files.ts';
import { plan } from './sending-day.ts';
import { readQueue } from '../../src/app/read-reminders.ts';
import type { Session } from '../../src/app/session.ts';
import { QUEUE_SORTS, type QueueOrder } from '../../src/domain/queue-order.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
let session: Session;

const NAMES = ['Beta "Trading"', 'alpha', 'شركة النور', 'Zayed’s; drop', 'Beta "Trading"', 'Ábaco', '日本'];

beforeAll(async () => {
  session = await companyWith(testInstallation(database()), { code: 'ORDERED' });
  await importSmallLedger(session, {
    customers: NAMES.map((name, at) => customer(`C-${at}`, { name })),
    invoices: NAMES.map((_, at) => invoice(`C-${at}`, `INV-${at}`, `${900 + (at % 3) * 50}.00`, `2026-0${(at % 4) + 5}-01`)),
  });
  await plan(session);
});

async function inPages(order: QueueOrder, limit: number) {
  const seen = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readQueue>> = await readQueue(session, { filter: {}, order, limit, after });
    seen.push(...page.reminders);
    after = page.next;
  } while (after !== null);
  return seen;
}

const ORDERS = QUEUE_SORTS.flatMap((sort) => [false, true].map((isReversed) => ({ sort, isReversed })));

describe.each(ORDERS)('in order of $sort, reversed $isReversed', (order) => {
  it('pages of two are the whole list, row for row', async () => {
    const { reminders } = await readQueue(session, { filter: {}, order, limit: 1_000, after: null });
    expect(reminders).toHaveLength(NAMES.length);
    expect((await inPages(order, 2)).map(({ id }) => id)).toEqual(reminders.map(({ id }) => id));
  });
});

it('the other way round is exactly the other way round', async () => {
  for (const sort of QUEUE_SORTS) {
    const [one, other] = [await inPages({ sort, isReversed: false }, 3), await inPages({ sort, isReversed: true }, 3)];
    expect(other.map(({ id }) => id)).toEqual(one.map(({ id }) => id).toReversed());
  }
});

it('ages fall, and amounts fall', async () => {
  const ages = (await inPages({ sort: 'age', isReversed: false }, 2)).map(({ oldestDaysPastDue }) => oldestDaysPastDue);
  expect(ages).toEqual(ages.toSorted((one, another) => another - one));
  const amounts = (await inPages({ sort: 'amount', isReversed: false }, 2)).map(({ baseTotal }) => Number(baseTotal?.amount));
  expect(amounts).toEqual(amounts.toSorted((one, another) => another - one));
});

it('a place of one order is none of another, and made-up places are refused', async () => {
  const { next } = await readQueue(session, { filter: {}, order: { sort: 'name', isReversed: false }, limit: 2, after: null });
  const places = [next, 'name+', 'name+bm90IGpzb24', `age+${Buffer.from('["1","2"]').toString('base64url')}`, "1.2.3'; drop", '-1.2'];
  for (const after of places)
    await expect(readQueue(session, { filter: {}, order: { sort: 'age', isReversed: false }, limit: 2, after })).rejects.toThrow(/next/);
});
