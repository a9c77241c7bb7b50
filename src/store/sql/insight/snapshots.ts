/** The stored figures of past days. Written a day at a time and whole; written again they replace what was there. */
import type { AgeingBucket } from '../../../domain/ageing.ts';
import { AGEING_BUCKETS } from '../../../domain/ageing.ts';
import type { Day } from '../../../domain/days.ts';
import type { LedgerDay } from '../../../domain/insight/ledger-day.ts';
import type { SentVolume } from '../../../domain/insight/savings.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { bulkInsert } from '../bulk-insert.ts';
import { json } from '../../connection/parameters.ts';
import type { BilledRow } from './open-balances.ts';
import type { MailDayRow, MailGroup, VolumeDayRow } from './mail-days.ts';

/** Columns of the ages, in their order. */
const BUCKET_COLUMNS: Readonly<Record<AgeingBucket, string>> = {
  current: 'current_minor',
  '1-30': 'days_1_30_minor',
  '31-60': 'days_31_60_minor',
  '61-90': 'days_61_90_minor',
  '91-120': 'days_91_120_minor',
  '121-180': 'days_121_180_minor',
  '181-365': 'days_181_365_minor',
  'over-365': 'over_365_minor',
};

const COUNTS = ['attempts', 'accepted', 'temporary', 'refused', 'uncertain', 'notSent', 'items', 'promptly'] as const;
const MORE_COUNTS = ['returned', 'complained', 'replied', 'acceptMs'] as const;
const MAIL_COUNTS = [...COUNTS, ...MORE_COUNTS];
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export interface DaySnapshot {
  readonly on: Day;
  readonly balances: readonly LedgerDay[];
  readonly mails: readonly MailDayRow[];
  readonly volume: SentVolume;
}

/** Whoever writes the day's own row first makes others wait, so that two who take the same day cannot mix their rows. */
export async function replaceDay(tx: CompanyTx, { on, balances, mails, volume }: DaySnapshot): Promise<void> {
  await tx.query(
    `insert into daily_snapshots as s (company_id, snapshot_on, measures) values ($1, $2, $3)
     on conflict (company_id, snapshot_on) do update set measures = excluded.measures, created_at = now()`,
    [tx.companyId, on, json({ volume })],
  );
  await tx.execute('delete from daily_balances where company_id = $1 and snapshot_on = $2', [tx.companyId, on]);
  await tx.execute('delete from daily_mails where company_id = $1 and snapshot_on = $2', [tx.companyId, on]);
  await bulkInsert(tx, {
    table: 'daily_balances',
    columns: [
      'snapshot_on',
      'currency',
      'billed_minor',
      ...Object.values(BUCKET_COLUMNS),
      'open_items',
      'overdue_items',
      'overdue_accounts',
    ],
    rows: balances.map((day) => [
      on,
      day.currency,
      day.billedMinor,
      ...AGEING_BUCKETS.map((bucket) => day.minorByBucket[bucket]),
      day.openItems,
      day.overdueItems,
      day.overdueAccounts,
    ]),
  });
  await bulkInsert(tx, {
    table: 'daily_mails',
    columns: ['snapshot_on', 'escalation_level', 'language', 'segment', ...MAIL_COUNTS.map(snake)],
    rows: mails.map((row) => [on, row.escalationLevel, row.language, row.segment, ...MAIL_COUNTS.map((name) => row[name])]),
  });
}

interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** Days that were taken, of those from `from` to `to`, in order. */
export const takenDays = async (tx: CompanyTx, { from, to }: Days): Promise<readonly Day[]> =>
  (
    await tx.query<{ on: Day }>(
      `select snapshot_on as "on" from daily_snapshots where company_id = $1 and snapshot_on between $2 and $3 and measures ? 'volume' order by snapshot_on`,
      [tx.companyId, from, to],
    )
  ).map(({ on }) => on);

type BalanceRow = Omit<LedgerDay, 'minorByBucket'> & { readonly minors: readonly bigint[] };

/** Of the days named. */
export const storedBalances = async (tx: CompanyTx, days: readonly Day[]): Promise<readonly LedgerDay[]> =>
  (
    await tx.query<BalanceRow>(
      `select snapshot_on as "on", currency, billed_minor, array[${Object.values(BUCKET_COLUMNS).join(', ')}] as minors,
              open_items, overdue_items, overdue_accounts
         from daily_balances where company_id = $1 and snapshot_on = any($2::date[]) order by snapshot_on, currency`,
      [tx.companyId, days.map(String)],
    )
  ).map(({ minors, ...row }) => ({
    ...row,
    minorByBucket: Object.fromEntries(AGEING_BUCKETS.map((bucket, index) => [bucket, minors[index] ?? 0n])) as LedgerDay['minorByBucket'],
  }));

export const storedBillings = (tx: CompanyTx, { from, to }: Days): Promise<readonly BilledRow[]> =>
  tx.query<BilledRow>(
    `select snapshot_on as "on", currency, billed_minor from daily_balances
      where company_id = $1 and snapshot_on between $2 and $3 and billed_minor > 0 order by snapshot_on, currency`,
    [tx.companyId, from, to],
  );

/** Added up over the days by weekday: a quarter of a busy company is thousands of rows, which nobody asks for one by one. */
export const storedMails = (tx: CompanyTx, { from, to }: Days): Promise<readonly MailGroup[]> =>
  tx.query<MailGroup>(
    `select extract(isodow from snapshot_on)::int as weekday, escalation_level, language, segment,
            ${MAIL_COUNTS.map((name) => `sum(${snake(name)})::bigint as ${snake(name)}`).join(', ')}
       from daily_mails where company_id = $1 and snapshot_on between $2 and $3 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [tx.companyId, from, to],
  );

export const storedVolumes = async (tx: CompanyTx, { from, to }: Days): Promise<readonly VolumeDayRow[]> =>
  (
    await tx.query<{ on: Day; volume: SentVolume }>(
      `select snapshot_on as "on", measures -> 'volume' as volume from daily_snapshots
        where company_id = $1 and snapshot_on between $2 and $3 and measures ? 'volume' order by snapshot_on`,
      [tx.companyId, from, to],
    )
  ).map(({ on, volume }) => ({ on, ...volume }));
