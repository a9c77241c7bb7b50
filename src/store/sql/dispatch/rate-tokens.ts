/** Mails a company has sent in a window of time, by bucket: its day, or an hour of one recipient domain. Database time. */
import type { Instant } from '../../../domain/days.ts';
import type { CompanyTx } from '../../connection/with-company.ts';
import { bulkInsert } from '../bulk-insert.ts';

export interface TokenCount {
  readonly bucket: string;
  readonly windowAt: Instant;
  readonly taken: number;
}

/** Makes the buckets' rows and holds them until the transaction ends, in one order for everybody: two senders never take the same token. */
export async function lockTokens(
  tx: CompanyTx,
  buckets: readonly { readonly bucket: string; readonly windowAt: Instant }[],
): Promise<readonly TokenCount[]> {
  const ordered = buckets.toSorted((one, other) => (one.bucket < other.bucket ? -1 : 1));
  await bulkInsert(tx, {
    table: 'rate_tokens',
    columns: ['bucket', 'window_at', 'taken'],
    rows: ordered.map(({ bucket, windowAt }) => [bucket, windowAt, 0]),
    suffix: 'on conflict (company_id, bucket, window_at) do nothing',
  });
  return await tx.query<TokenCount>(
    `select t.bucket, t.window_at, t.taken from rate_tokens t
      where t.company_id = $1 and (t.bucket, t.window_at) in (select * from unnest($2::text[], $3::timestamptz[]))
      order by t.bucket for update`,
    [tx.companyId, ordered.map(({ bucket }) => bucket), ordered.map(({ windowAt }) => windowAt)],
  );
}

/** The same without rows made or held, for those who only look; buckets nothing was taken from are missing. */
export const tokensTaken = (
  tx: CompanyTx,
  buckets: readonly { readonly bucket: string; readonly windowAt: Instant }[],
): Promise<readonly TokenCount[]> =>
  tx.query<TokenCount>(
    `select t.bucket, t.window_at, t.taken from rate_tokens t
      where t.company_id = $1 and (t.bucket, t.window_at) in (select * from unnest($2::text[], $3::timestamptz[]))`,
    [tx.companyId, buckets.map(({ bucket }) => bucket), buckets.map(({ windowAt }) => windowAt)],
  );

/** Only under the lock of {@link lockTokens}. */
export async function takeTokens(tx: CompanyTx, counts: readonly TokenCount[]): Promise<void> {
  await tx.query(
    `update rate_tokens t set taken = t.taken + v.taken
       from unnest($2::text[], $3::timestamptz[], $4::int[]) as v (bucket, window_at, taken)
      where t.company_id = $1 and t.bucket = v.bucket and t.window_at = v.window_at`,
    [tx.companyId, counts.map(({ bucket }) => bucket), counts.map(({ windowAt }) => windowAt), counts.map(({ taken }) => taken)],
  );
}

/** A recipient's server has asked for fewer mails: until then it is left alone. */
export async function restDomain(tx: CompanyTx, domain: string, minutes: number): Promise<void> {
  await tx.query(
    `insert into rate_tokens (company_id, bucket, window_at, taken) values ($1, $2, now() + make_interval(mins => $3), 0)
     on conflict (company_id, bucket, window_at) do nothing`,
    [tx.companyId, `rest:${domain}`, minutes],
  );
}

/** Until when domains are left alone; those that are not are missing. */
export const restingDomains = (
  tx: CompanyTx,
  domains: readonly string[],
): Promise<readonly { readonly domain: string; readonly until: Instant }[]> =>
  tx.query(
    `select substr(bucket, 6) as domain, max(window_at) as until from rate_tokens
      where company_id = $1 and bucket = any($2::text[]) and window_at > now() group by bucket`,
    [tx.companyId, domains.map((domain) => `rest:${domain}`)],
  );

/** Rows of windows long past, which nobody asks for any more. Gives back how many. */
export const dropOldTokens = (tx: CompanyTx, keepDays: number): Promise<number> =>
  tx.execute(`delete from rate_tokens where company_id = $1 and window_at < now() - make_interval(days => $2)`, [tx.companyId, keepDays]);
