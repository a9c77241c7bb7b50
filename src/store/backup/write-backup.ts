/** Writes every table out as of one moment: portable between PostgreSQL versions and platforms, and without a tool of the server's. */
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { writeSealed } from './sealed-file.ts';
import type { Login } from '../connection/login.ts';
import { openSession } from '../connection/session.ts';
import { BEGIN_SNAPSHOT, copyOutSql, migrationsOf, tablesToBackUp, type BackedUpTable } from '../sql/backup-tables.ts';

export interface BackupRequest {
  readonly path: string;
  readonly key: Buffer;
  readonly program: string;
  readonly createdAt: string;
}

export interface WrittenBackup {
  readonly tables: number;
  readonly migrations: number;
}

/** @param login Of the role that sees every company's rows and writes none. */
export async function writeBackup(login: Login, { path, key, program, createdAt }: BackupRequest): Promise<WrittenBackup> {
  const client = await openSession(login, { applicationName: 'wafa backup' });
  try {
    await client.query(BEGIN_SNAPSHOT);
    const tables = await tablesToBackUp(client);
    const migrations = await migrationsOf(client);
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const postgres = rows[0]?.server_version ?? '';
    await writeSealed(path, key, { createdAt, program, postgres, migrations: [...migrations] }, contentOf(client, tables));
    await client.query('commit');
    return { tables: tables.length, migrations: migrations.length };
  } finally {
    await client.end();
  }
}

/** A frame is a length in four bytes and that many bytes. A table is its description, its rows in frames, and an empty frame. */
async function* contentOf(client: pg.Client, tables: readonly BackedUpTable[]): AsyncGenerator<Buffer> {
  for (const table of tables) {
    yield* frame(Buffer.from(JSON.stringify(table)));
    for await (const chunk of client.query(copyTo(copyOutSql(table)))) yield* frame(chunk as Buffer);
    yield* frame(Buffer.alloc(0));
  }
}

function* frame(bytes: Buffer): Generator<Buffer> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  yield length;
  if (bytes.length > 0) yield bytes;
}
