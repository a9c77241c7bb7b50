/** Reads a backup into a database whose tables are empty and as they were when it was written: all of it, or nothing. */
import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';

import { readSealed } from './sealed-file.ts';
import type { Login } from '../connection/login.ts';
import { openSession } from '../connection/session.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import {
  STOP_SENDING,
  continueNumbers,
  copyInSql,
  dropKeys,
  emptyTable,
  holdsCompanies,
  liftWalls,
  type BackedUpTable,
} from '../sql/backup-tables.ts';

const description = z.object({ name: z.string(), columns: z.array(z.string()), identities: z.array(z.string()) });

interface SealedBackup {
  readonly path: string;
  readonly key: Buffer;
  /** Why nothing may be sent from what was read in, until somebody allows it. */
  readonly stopped: string;
}

/** @param owner Of the tables. @returns how many tables. @throws OperatorError `backup.not-empty|changed` */
export async function readBackup(owner: Login, { path, key, stopped }: SealedBackup): Promise<number> {
  const frames = framesOf(await readSealed(path, key));
  const client = await openSession(owner, { applicationName: 'wafa restore' });
  try {
    await client.query('begin; set local statement_timeout = 0');
    const walls = await liftWalls(client);
    if (await holdsCompanies(client)) throw notEmpty();
    const keys = await dropKeys(client);
    const tables = await readTables(client, frames);
    for (const table of tables) await continueNumbers(client, table);
    // Each key is checked against every row; what hangs in the air takes the whole restore back.
    for (const statement of [...keys, ...walls]) await client.query(statement);
    // In the same transaction: a daemon that has waited for this database finds everything stopped with the first row it sees.
    await client.query(STOP_SENDING, [stopped]);
    await client.query('commit');
    await client.query('analyze');
    return tables.length;
  } finally {
    await client.end();
  }
}

async function readTables(client: pg.Client, frames: AsyncGenerator<Buffer>): Promise<readonly BackedUpTable[]> {
  const tables: BackedUpTable[] = [];
  for (let next = await frames.next(); next.done !== true; next = await frames.next()) {
    const table = description.parse(JSON.parse(next.value.toString('utf8')));
    await emptyTable(client, table.name);
    const copy = client.query(copyFrom(copyInSql(table)));
    const ended = once(copy, 'finish');
    for (let rows = await frames.next(); rows.done !== true && rows.value.length > 0; rows = await frames.next())
      if (!copy.write(rows.value)) await Promise.race([once(copy, 'drain'), ended]);
    copy.end();
    await ended;
    tables.push(table);
  }
  return tables;
}

async function* framesOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of content) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
      const ends = 4 + held.readUInt32BE(0);
      yield held.subarray(4, ends);
      held = held.subarray(ends);
    }
  }
}

const notEmpty = (): OperatorError =>
  new OperatorError({
    code: 'backup.not-empty',
    kind: 'refused',
    message: 'The database already holds companies; nothing was restored over them.',
    tryThis: 'Restore into an empty database: another WAFA_HOME, or a new database of your server.',
  });
