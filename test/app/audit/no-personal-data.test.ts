import { afterAll, beforeAll, expect, it } from 'vitest';

import { approveReminders } from '../../../src/app/approve-reminders.ts';
import { holdReminders, releaseReminders } from '../../../src/app/change-reminders.ts';
import { setCompany } from '../../../src/app/company-settings.ts';
import { recordBlock, recordDispute } from '../../../src/app/record-block.ts';
import { recordCreditNote } from '../../../src/app/record-credit-note.ts';
import { recordPayment } from '../../../src/app/record-payment.ts';
import { recordPromise } from '../../../src/app/record-promise.ts';
import { remindManually } from '../../../src/app/remind-manually.ts';
import { settleReminders } from '../../../src/app/settle-uncertain.ts';
import { testDatabase } from '../../support/database.ts';
import { startRelay, type SmtpRelay } from '../../support/smtp-relay.ts';
import { companyWith, testInstallation } from '../installation.ts';
import { customer, importSmallLedger, invoice } from '../ledger-files.ts';
import { approveAll, idOf, plan, queue, sendThrough } from '../sending-day.ts';

const database = testDatabase();
let relay: SmtpRelay;
beforeAll(async () => {
  relay = await startRelay('taken, then close');
});
afterAll(() => relay.close());

/** Stands in every name, address and number of a person, so that one search finds them all. */
const CANARY = 'canary';

const person = (code: string) =>
  customer(code, {
    name: `Canary ${code} LLC`,
    name_ar: 'canary شركة',
    contact_name: 'Canary Ahmed',
    contact_name_ar: 'canary أحمد',
    email: `canary-${code.toLowerCase()}@canary.example`,
  });

const day = (text: string) => Temporal.PlainDate.from(text);

it('after a whole day no event holds a name, an address or the text of a mail', async () => {
  const session = await companyWith(testInstallation(database()), {
    code: 'DAY',
    name: 'Canary Trading',
    nameAr: 'canary تجارة',
    addressLine: 'Canary Street 1',
    fromName: 'Canary Accounts',
    fromAddress: 'canary@day.example',
    contactPerson: 'Canary Mariam',
  });
  await importSmallLedger(session, {
    customers: [person('C-1'), person('C-2'), person('C-3')],
    invoices: [
      invoice('C-1', 'INV-1', '5000', '2026-11-02'),
      invoice('C-1', 'INV-2', '3200', '2026-11-05'),
      invoice('C-2', 'INV-3', '900', '2026-11-05'),
      invoice('C-2', 'INV-4', '700', '2026-11-05'),
      invoice('C-3', 'INV-5', '800', '2026-11-05'),
    ],
  });
  await setCompany(session, { contactPerson: 'Canary Fatima', phone: '+971 4 000 0000', replyTo: 'canary-reply@day.example' });
  await recordDispute(session, { invoice: 'INV-4', reason: 'Canary says the goods were broken', reference: 'canary' });
  await recordPromise(session, { customerCode: 'C-3', promisedOn: day('2026-11-26'), reason: 'Canary promised by phone' });
  await plan(session);
  const [first] = await queue(session);
  await holdReminders(session, { ids: [idOf(first)] }, { reason: 'call first', untilOn: null });
  await releaseReminders(session, { ids: [idOf(first)] });
  await approveAll(session);
  expect(await sendThrough(session, `smtp://127.0.0.1:${relay.port}`)).toMatchObject({ uncertain: 2 });
  const [arrived, lost] = (await queue(session, 'UNCERTAIN')).map(idOf);
  await settleReminders(session, [arrived!], 'arrived', 'seen in the log of the relay');
  await settleReminders(session, [lost!], 'send-again', 'not in the log of the relay');
  await approveReminders(session, { filter: {} });
  await recordPayment(session, {
    customerCode: 'C-1',
    amount: '5000',
    invoices: [{ number: 'INV-1', amount: null }],
    reference: 'canary transfer',
  });
  await recordCreditNote(session, { number: 'CN-1', customerCode: 'C-1', amount: '100' });
  await recordBlock(session, {
    kind: 'CHEQUE',
    invoice: 'INV-2',
    reason: 'Canary brought it',
    cheque: { number: '000123', bank: 'Canary Bank', datedOn: day('2026-11-30') },
  });
  await importSmallLedger(session, { customers: [person('C-4')], invoices: [invoice('C-4', 'INV-6', '600', '2026-11-05')] });
  await remindManually(session, { customerCode: 'C-4', invoiceNumbers: ['INV-6'], overrideReason: 'asked for by the branch' });

  const found = async (table: string) =>
    (
      await database().admin.query<{ row: unknown }>(
        `select to_jsonb(t) as row from ${table} t where company_id = $1 and to_jsonb(t)::text ilike $2`,
        [session.companyId, `%${CANARY}%`],
      )
    ).rows;
  // The search finds what is there.
  for (const table of ['customers', 'contacts', 'companies', 'blocks', 'payments', 'customer_consolidated_reminders'])
    expect(await found(table), table).not.toEqual([]);
  expect(await found('audit_logs')).toEqual([]);
  const { rows } = await database().admin.query<{ verb: string }>('select distinct verb from audit_logs where company_id = $1', [
    session.companyId,
  ]);
  const verbs = [
    'init',
    'import',
    'company set',
    'dispute',
    'promise',
    'plan',
    'hold',
    'release',
    'approve',
    'send',
    'settle',
    'pay',
    'credit',
    'block',
    'remind',
  ];
  expect(rows.map(({ verb }) => verb)).toEqual(expect.arrayContaining(verbs));
});
