/**
 * The connections of one process to one database. Nothing here hands out a connection to the rest of Wafa: the doors are
 * `withCompany` and `withInstallation`, which give a transaction.
 */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

import { BugError } from '../../domain/operator-error.ts';
import { connectionFault, isConnectionLost, isNotReady } from './connection-error.ts';
import type { ConnectionTarget } from './login.ts';
import { Turns } from './turns.ts';

export interface Database {
  /** Connections in use by a transaction at this moment. */
  readonly busyConnections: number;
  /** Waits for open transactions, then closes every connection. Repeatable. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Ten: a daemon's concurrent sends and a console's screens; more only queue up inside the server. */
  readonly mostConnections?: number;
}

interface Opened {
  readonly pool: pg.Pool;
  readonly revive: (() => Promise<void>) | undefined;
  readonly mostConnections: number;
  /** Stands before the pool, whose own queue cannot tell a busy program from a server that does not answer. */
  readonly turns: Turns;
}

/** A connection with an open transaction; giving it back ends the caller's turn. */
export interface Leased {
  readonly client: pg.PoolClient;
  /** @param isBroken closes the connection instead of keeping it for the next one. */
  release(isBroken: boolean): void;
}

const openedDatabases = new WeakMap<Database, Opened>();

/** Opens the pool as the application role; connects on first use. */
export function openDatabase(target: ConnectionTarget, options: DatabaseOptions = {}): Database {
  const mostConnections = options.mostConnections ?? 10;
  const turns = new Turns(mostConnections);
  const pool = new pg.Pool({
    ...target.application,
    application_name: 'wafa',
    max: mostConnections,
    // One stays while this process lives, which tells the built-in server that it is still wanted.
    min: 1,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // An idle connection must not keep a finished command running.
    allowExitOnIdle: true,
  });
  // A dropped connection is reported by the statement that needs it, never as an uncaught event.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  let closing: Promise<void> | undefined;
  const database: Database = {
    get busyConnections() {
      return turns.taken;
    },
    close: () => (closing ??= pool.end()),
  };
  openedDatabases.set(database, { pool, revive: target.revive, mostConnections, turns });
  return database;
}

/**
 * A connection on which a transaction has been begun by these statements. For `transaction.ts` alone.
 *
 * Nothing has happened yet when the first statement fails for a lost connection, so it is tried again: on another connection
 * (the pool may hold several to a server that has since stopped), and after bringing the built-in server back.
 */
export async function beginOn(database: Database, beginStatements: string): Promise<Leased> {
  const opened = openedDatabases.get(database);
  if (opened === undefined) throw new BugError('this database was not made by openDatabase');
  await opened.turns.enter();
  try {
    const client = await begun(opened, beginStatements);
    const release = (isBroken: boolean): void => {
      client.release(isBroken);
      opened.turns.leave();
    };
    return { client, release };
  } catch (error) {
    opened.turns.leave();
    throw connectionFault(error);
  }
}

async function begun(opened: Opened, beginStatements: string): Promise<pg.PoolClient> {
  for (let stale = 0; ; stale += 1) {
    const client = await connected(opened);
    try {
      await client.query(beginStatements);
      return client;
    } catch (error) {
      client.release(true);
      if (!isConnectionLost(error) || stale > opened.mostConnections) throw error;
    }
  }
}

/** Twice, because a server that was just stopping when it was asked is there only at the second try. */
const MOST_REVIVALS = 2;

/** A server that is starting or failing over says so, and takes clients within seconds: about eight in all, ever less often asked. */
const NOT_READY_WAITS_MS = [100, 250, 500, 1_000, 2_000, 4_000];

async function connected({ pool, revive }: Opened): Promise<pg.PoolClient> {
  const waits = NOT_READY_WAITS_MS.values();
  for (let revivals = 0; ;) {
    try {
      return await pool.connect();
    } catch (error) {
      const wait = isNotReady(error) ? waits.next() : undefined;
      if (wait?.done === false) {
        await delay(wait.value);
        continue;
      }
      if (!isConnectionLost(error) || revive === undefined || revivals === MOST_REVIVALS) throw error;
      revivals += 1;
      await revive();
    }
  }
}
