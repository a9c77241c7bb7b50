/** The statements of analytics read what they need by its index, as the role that row-level security binds. */
import { beforeAll, describe, expect, test } from 'vitest';

import type { CompanyId } from '../../../src/domain/ids.ts';
import { withCompany, type CompanyTx } from '../../../src/store/connection/with-company.ts';
import { mailDays, volumeDays } from '../../../src/store/sql/insight/mail-days.ts';
import { openByDueDay } from '../../../src/store/sql/insight/open-balances.ts';
import { storedBalances, storedMails } from '../../../src/store/sql/insight/snapshots.ts';
import { workOfPeople } from '../../../src/store/sql/insight/working.ts';
import { testDatabase } from '../../support/database.ts';
import { createSmallCompany } from '../../support/fixtures.ts';

const database = testDatabase();
let companyId: CompanyId;

beforeAll(async () => {
  const small = await createSmallCompany(database().app, 'LARGE');
  ({ companyId } = small);
  const { admin } = database();
  const { userId, customerId, reminderId } = small;
  await admin.query(
    `insert into invoices (company_id, customer_id, kind, number, issued_on, due_on, currency, total_minor, open_minor, settled_on, source)
     select $1, $2, 'INVOICE', 'BULK-' || n, date '2026-01-01' + n % 300, date '2026-02-01' + n % 300, 'AED', 100, case when n % 4 = 0 then 100 else 0 end,
            case when n % 4 = 0 then null else date '2026-03-01' end, 'test' from generate_series(1, 30000) n`,
    [companyId, customerId],
  );
  await admin.query(
    `insert into email_logs (company_id, consolidated_reminder_id, customer_id, mail_kind, attempt_number, message_id, recipient_address, transport, relay, fence,
       sender, started_at, business_at, phase, outcome, finished_at, digest, render_hash, invoice_count, consolidation_savings)
     select $1, $2, $3, 'REMINDER', n, '<' || n || '@x>', 'a@b.example', 'smtp', 'relay:25', 1, gen_random_uuid(), at, at, 'ANSWERED', 'ACCEPTED', at, '', '', 2, 50
       from (select n, timestamptz '2026-01-01' + n * interval '20 minutes' as at from generate_series(1, 20000) n) made`,
    [companyId, reminderId, customerId],
  );
  await admin.query(
    `insert into audit_logs (company_id, id, recorded_at, business_at, actor_kind, actor_user_id, verb, object_kind, program_version, previous_hash, hash)
     select $1, n, now(), timestamptz '2026-01-01' + n * interval '20 minutes', case when n % 3 = 0 then 'USER' else 'DAEMON' end, $2, 'hold', 'reminder', 'test',
            repeat('0', 64), repeat('0', 64) from generate_series(1, 20000) n`,
    [companyId, userId],
  );
  await admin.query(
    `insert into daily_balances (company_id, snapshot_on, currency, billed_minor, current_minor, days_1_30_minor, days_31_60_minor, days_61_90_minor, days_91_120_minor,
       days_121_180_minor, days_181_365_minor, over_365_minor, open_items, overdue_items, overdue_accounts)
     select $1, date '2020-01-01' + n, 'AED', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from generate_series(1, 2000) n`,
    [companyId],
  );
  await admin.query(
    `insert into daily_mails (company_id, snapshot_on, escalation_level, language, segment, attempts, accepted, temporary, refused, uncertain, not_sent, items, promptly,
       returned, complained, replied, accept_ms)
     select $1, date '2020-01-01' + n, 'POLITE', 'EN', 'company', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from generate_series(1, 2000) n`,
    [companyId],
  );
  await admin.query('vacuum analyze invoices, email_logs, audit_logs, daily_balances, daily_mails, allocations');
});

/** The plan of the first statement that `read` asks for. */
const planOf = (read: (tx: CompanyTx) => Promise<unknown>): Promise<string> =>
  withCompany(
    database().app,
    companyId,
    async (tx) => {
      const lines: string[] = [];
      const explaining: CompanyTx = {
        ...tx,
        query: async <Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> => {
          if (lines.length > 0) return [];
          // The statistics of a test are small; what is asked is whether the index can serve at all.
          await tx.query('set local enable_seqscan = off');
          for (const row of await tx.query<Readonly<Record<string, string>>>(`explain ${text}`, values))
            lines.push(Object.values(row).join(' '));
          return [];
        },
      };
      await read(explaining);
      return lines.join('\n');
    },
    { isReadOnly: true },
  );

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const span = { from: Temporal.Instant.from('2026-05-01T00:00Z'), to: Temporal.Instant.from('2026-05-02T00:00Z'), timeZone: 'Asia/Dubai' };

describe('a statement of analytics uses its index', () => {
  test('ageing: from the index alone', async () => {
    expect(await planOf((tx) => openByDueDay(tx, day('2026-11-23')))).toMatch(/Index Only Scan using invoices_ageing/);
  });

  test.for([
    ['mail of a period', (tx: CompanyTx) => mailDays(tx, span), /email_logs_started/],
    ['what came back in a period', (tx: CompanyTx) => mailDays(tx, span), /email_events_returned/],
    ['volume of a period', (tx: CompanyTx) => volumeDays(tx, span, 5), /email_logs_started/],
    ['the work of people', (tx: CompanyTx) => workOfPeople(tx, span), /audit_logs_people/],
    ['stored balances', (tx: CompanyTx) => storedBalances(tx, [day('2022-01-01')]), /daily_balances_company_id_snapshot_on/],
    [
      'stored mail counts',
      (tx: CompanyTx) => storedMails(tx, { from: day('2022-01-01'), to: day('2022-01-31') }),
      /daily_mails_company_id_snapshot_on/,
    ],
  ] as const)('%s', async ([, read, index]) => {
    expect(await planOf(read)).toMatch(index);
  });

  test('and the check would notice one that is gone', async () => {
    await database().admin.query('drop index invoices_ageing');
    expect(await planOf((tx) => openByDueDay(tx, day('2026-11-23')))).not.toMatch(/invoices_ageing/);
  });
});
