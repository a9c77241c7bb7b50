/**
 * A day of a real ledger: the public IBM accounts-receivable sample, seen from 1 May 2013. Skipped where the file is absent; the
 * project does not ship it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { importLedger } from '../../src/app/import-ledger.ts';
import { setPolicy } from '../../src/app/set-policy.ts';
import type { Session } from '../../src/app/session.ts';
import { testDatabase } from '../support/database.ts';
import { startInbox, type MailInbox } from '../support/mail-inbox.ts';
import { companyWith, testInstallation } from './installation.ts';
import { approveAll, plan, queue, sendThrough } from './sending-day.ts';

const file = fileURLToPath(new URL('../../../shared/data/ibm/accounts-receivable.csv', import.meta.url));

interface Expected {
  readonly number: string;
  readonly customer: string;
  readonly fils: number;
}

/** Read apart from the program: issued by the day, not settled by it, due before it. */
function overdueOn(day: string): readonly Expected[] {
  const iso = (text: string): string => {
    const [month = '', date = '', year = ''] = text.split('/');
    return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  };
  const [heading = '', ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = heading.split(',');
  return rows.flatMap((row) => {
    const cells: Readonly<Record<string, string>> = Object.fromEntries(row.split(',').map((cell, index) => [names[index] ?? '', cell]));
    const isOverdue = iso(cells['InvoiceDate'] ?? '') <= day && iso(cells['SettledDate'] ?? '') > day && iso(cells['DueDate'] ?? '') < day;
    return isOverdue
      ? [
          {
            number: cells['invoiceNumber'] ?? '',
            customer: cells['customerID'] ?? '',
            fils: Math.round(Number(cells['InvoiceAmount']) * 100),
          },
        ]
      : [];
  });
}

describe.skipIf(!existsSync(file))('the public ledger on 1 May 2013 (needs shared/data/ibm/accounts-receivable.csv)', () => {
  const database = testDatabase();
  let inbox: MailInbox;
  let session: Session;

  beforeAll(async () => {
    inbox = await startInbox();
    session = await companyWith(testInstallation(database(), { at: '2013-05-01T10:00:00+04:00' }), { code: 'IBM' });
    await importLedger(session, { path: file, mapping: 'ibm-ar', kind: 'invoices' });
    await setPolicy(session, { 'calendar.preset': 'continuous', 'trigger.workingDays': '1', 'minimum.amount': '0' });
  });
  afterAll(() => inbox.close());

  it('has 15 overdue items of 12 customers, 1,134.62 in all: 3 consolidated reminders and 9 individual ones', async () => {
    const summary = await plan(session);
    expect(summary).toMatchObject({
      overdueItems: 15,
      overdueCustomers: 12,
      reminders: 12,
      byType: { CONSOLIDATED: 3, INDIVIDUAL: 9 },
      itemsCovered: 15,
    });
    expect(summary.totals).toEqual([{ currency: 'AED', minor: 113_462n }]);
    expect(summary.skips).toEqual({ 'nothing-overdue': 88 });
  });

  it('planned again changes nothing', async () => {
    const before = await queue(session);
    await plan(session);
    expect(await queue(session)).toEqual(before);
  });

  it('delivers exactly 12 mails, each to its own customer only, with exactly its own items; then none', async () => {
    const expected = overdueOn('2013-05-01');
    expect(expected).toHaveLength(15);
    expect((await approveAll(session)).done).toHaveLength(12);
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 12, uncertain: 0, rejected: 0 });
    expect(await sendThrough(session, inbox.url)).toMatchObject({ sent: 0 });
    const byCustomer = Map.groupBy(expected, (item) => item.customer);
    expect(inbox.received.map(({ recipients }) => recipients.join()).toSorted()).toEqual(
      [...byCustomer.keys()].map((code) => `${code.toLowerCase()}@example.test`).toSorted(),
    );
    for (const { recipients, mail } of inbox.received) {
      const own = byCustomer.get((recipients[0] ?? '').split('@')[0]?.toUpperCase() ?? '') ?? [];
      const shown = new Set([...(mail.text ?? '').matchAll(/\b\d{10}\b/g)].map(([number]) => number));
      expect([...shown].toSorted()).toEqual(own.map((item) => item.number).toSorted());
      const total = own.reduce((sum, item) => sum + item.fils, 0);
      expect(mail.text).toContain((total / 100).toFixed(2));
    }
  });
});
