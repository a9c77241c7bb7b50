/** What all senders of an installation know together about a mail server. Of no company; times are the database's. */
import type { Instant } from '../../../domain/days.ts';
import type { BreakerState } from '../../../domain/relay-breaker.ts';
import type { Sql } from '../../connection/sql.ts';

export interface RelayRow extends BreakerState {
  readonly relay: string;
  readonly nextFreeAt: Instant;
  /** Database time of the reading. */
  readonly now: Instant;
  /** Mails of the last 24 hours, the hour in which they began counted whole. */
  readonly lastDay: number;
}

const COLUMNS = `relay, next_free_at, failures, doubts, doubts_since, opened_at, opened_why, probe_at, probes, clock_timestamp() as now,
  (select coalesce(sum(taken), 0)::int from relay_hours h
    where h.relay = relays.relay and h.hour_at >= date_trunc('hour', now() - interval '24 hours')) as last_day`;

/** Makes the server known. */
export async function noteRelay(sql: Sql, relay: string): Promise<void> {
  await sql.query('insert into relays (relay) values ($1) on conflict (relay) do nothing', [relay]);
}

/** Undefined for a server that nobody has used yet. */
export const relayRow = (sql: Sql, relay: string): Promise<RelayRow | undefined> =>
  sql.maybeOne<RelayRow>(`select ${COLUMNS} from relays where relay = $1`, [relay]);

/** The same, held against every other sender until the transaction ends; taken after all locks of a company. */
export const lockRelay = (sql: Sql, relay: string): Promise<RelayRow | undefined> =>
  sql.maybeOne<RelayRow>(`select ${COLUMNS} from relays where relay = $1 for no key update`, [relay]);

export async function storeBreaker(sql: Sql, relay: string, state: BreakerState): Promise<void> {
  await sql.query(
    `update relays set failures = $2, doubts = $3, doubts_since = $4, opened_at = $5, opened_why = $6, probe_at = $7, probes = $8, updated_at = now()
      where relay = $1`,
    [relay, state.failures, state.doubts, state.doubtsSince, state.openedAt, state.openedWhy, state.probeAt, state.probes],
  );
}

/** Notes mails given to the server. */
export async function takeFromRelay(sql: Sql, relay: string, taken: number, nextFreeAt: Instant): Promise<void> {
  await sql.query('update relays set next_free_at = $2, updated_at = now() where relay = $1', [relay, nextFreeAt]);
  await sql.query(
    `insert into relay_hours (relay, hour_at, taken) values ($1, date_trunc('hour', now()), $2)
     on conflict (relay, hour_at) do update set taken = relay_hours.taken + excluded.taken`,
    [relay, taken],
  );
}

/** Takes back that mails were given to the server in the hour of `at`: no byte of them has left. Its pace stays as it is. */
export async function giveBackToRelay(sql: Sql, relay: string, mails: number, at: Instant): Promise<void> {
  await sql.query(
    "update relay_hours set taken = greatest(0, taken - $2) where relay = $1 and hour_at = date_trunc('hour', $3::timestamptz)",
    [relay, mails, at],
  );
}
