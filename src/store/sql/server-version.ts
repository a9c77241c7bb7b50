import type { Sql } from '../connection/sql.ts';

/** The server's own version, e.g. `18.4`. */
export async function serverVersion(sql: Sql): Promise<string> {
  return (await sql.one<{ version: string }>(`select current_setting('server_version') as version`)).version;
}
