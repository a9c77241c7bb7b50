/** One plain connection outside any pool, for the few places that look after the server itself. */
import pg from 'pg';

import type { Login } from './login.ts';

/** Ten seconds: a server that is alive answers in milliseconds, one across the country in one or two seconds. */
const CONNECT_WITHIN_MS = 10_000;

export interface SessionOptions {
  readonly applicationName: string;
  /** Server settings for this session, e.g. `{ lock_timeout: '2s' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Opens a connection; the caller ends it. A later loss of it is reported by the next query, never as an uncaught event. */
export async function openSession(login: Login, options: SessionOptions): Promise<pg.Client> {
  const settings = Object.entries(options.settings ?? {}).map(([name, value]) => `-c ${name}=${value}`);
  const client = new pg.Client({
    ...login,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    ...(settings.length > 0 ? { options: settings.join(' ') } : {}),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
}
