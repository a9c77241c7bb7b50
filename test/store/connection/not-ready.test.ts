/** A server that is starting up refuses clients for a moment: played by a relay that answers so before it lets anybody through. */
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';

import { openDatabase, type Database } from '../../../src/store/connection/pool.ts';
import { withInstallation } from '../../../src/store/connection/with-company.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase({ isEmpty: true });

const opened: { server?: Server; database?: Database } = {};
afterEach(async () => {
  await opened.database?.close();
  opened.server?.close();
});

/** PostgreSQL's ErrorResponse: a letter, a length that counts itself, and fields that end in NUL. */
function startingUp(): Buffer {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0');
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** A database whose server refuses the first so many clients. */
async function behindStartingServer(refusals: number): Promise<{ readonly database: Database; asked(): number }> {
  // However the login is written, a client knows what it comes to.
  const { host, port, user, password, database: name } = new pg.Client(database().target.application);
  let asked = 0;
  const server = createServer((client) => {
    asked += 1;
    client.on('error', () => undefined);
    if (asked <= refusals) {
      client.once('data', () => client.end(startingUp()));
      return;
    }
    const behind = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    behind.on('error', () => client.destroy());
    client.pipe(behind).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.server = server;
  const { revive: _revive, ...target } = database().target;
  const login = {
    user: user ?? '',
    password: password ?? '',
    database: name ?? '',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  };
  opened.database = openDatabase({ ...target, application: login });
  return { database: opened.database, asked: () => asked };
}

describe('a server that is starting up', () => {
  it('is asked again, ever less often, and then used', async () => {
    const starting = await behindStartingServer(3);
    const one = await withInstallation(starting.database, (sql) => sql.one<{ one: number }>('select 1 as one'));
    expect(one).toEqual({ one: 1 });
    expect(starting.asked()).toBe(4);
  });
});
