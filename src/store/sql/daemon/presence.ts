/** Which daemons run, by the heartbeats they leave. Of no company; database time. */
import type { Instant } from '../../../domain/days.ts';
import type { Sql } from '../../connection/sql.ts';

export interface DaemonRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly programVersion: string;
  readonly startedAt: Instant;
  readonly heartbeatAt: Instant;
  /** Its last heartbeat is younger than a minute and a half. */
  readonly isAlive: boolean;
}

export async function noteDaemon(
  sql: Sql,
  daemon: { readonly id: string; readonly host: string; readonly pid: number; readonly programVersion: string },
): Promise<void> {
  await sql.query(
    `insert into installation_daemons (id, host, pid, program_version, started_at, heartbeat_at) values ($1, $2, $3, $4, now(), now())
     on conflict (id) do update set heartbeat_at = now()`,
    [daemon.id, daemon.host, daemon.pid, daemon.programVersion],
  );
}

/** One that stops says goodbye; those that died are forgotten after a week. */
export async function forgetDaemon(sql: Sql, id: string): Promise<void> {
  await sql.query(`delete from installation_daemons where id = $1 or heartbeat_at < now() - interval '7 days'`, [id]);
}

export const daemonRows = (sql: Sql): Promise<readonly DaemonRow[]> =>
  sql.query<DaemonRow>(
    `select id, host, pid, program_version, started_at, heartbeat_at, heartbeat_at > now() - interval '90 seconds' as is_alive
       from installation_daemons order by started_at, id`,
  );
