/**
 * Stands between programs and the database on this machine, and loses connections: at any moment, or the worst one, when a COMMIT has
 * been done and its answer is on the way.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DatabaseProxy {
  /** The address that leads through the proxy. */
  readonly url: string;
  /** Answers to COMMIT that were never passed on. */
  lostCommits(): number;
  dropped(): number;
  /** Cuts every open connection. */
  dropAll(): void;
  /** Share of COMMITs whose answer is lost, 0 to 1. */
  loseCommits(share: number): void;
  close(): Promise<void>;
}

/** @param url An address with the folder of a socket as its `host`. */
export async function startDatabaseProxy(url: string): Promise<DatabaseProxy> {
  const address = new URL(url);
  const server = address.searchParams.get('host');
  if (server === null) throw new Error('the test database listens on a socket');
  const folder = mkdtempSync(join(tmpdir(), 'wp-'));
  address.searchParams.set('host', folder);
  const open = new Set<Socket>();
  let share = 0;
  let lost = 0;
  let dropped = 0;
  const proxy = createServer((client) => {
    const upstream = createConnection(join(server, '.s.PGSQL.5432'));
    let isLosing = false;
    open.add(client);
    const end = (): void => {
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    client.on('data', (chunk: Buffer) => {
      // Our programs send COMMIT as a plain query of its own.
      if (chunk.includes(COMMIT) && Math.random() < share) isLosing = true;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (!isLosing) return void client.write(chunk);
      lost += 1;
      end();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(join(folder, '.s.PGSQL.5432'), resolve));
  return {
    url: address.toString(),
    lostCommits: () => lost,
    dropped: () => dropped,
    dropAll: () => {
      dropped += open.size;
      for (const client of open) client.destroy();
    },
    loseCommits: (next) => {
      share = next;
    },
    close: async () => {
      for (const client of open) client.destroy();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const COMMIT = Buffer.from('commit\0');
