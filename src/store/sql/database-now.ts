import type { Instant } from '../../domain/days.ts';
import type { Sql } from '../connection/sql.ts';

/** The database's clock. Inside a transaction it stands still at the transaction's start. */
export async function databaseNow(sql: Sql): Promise<Instant> {
  const row = await sql.one<{ nowAt: Instant }>('select now() as now_at');
  return row.nowAt;
}
