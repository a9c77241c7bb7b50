/** A mail server on this machine that lets in by one token alone (XOAUTH2), and takes what it is given. */
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface BearerRelay {
  readonly port: number;
  /** Who was let in. */
  readonly users: readonly string[];
  close(): Promise<void>;
}

export async function startBearerRelay(token: string): Promise<BearerRelay> {
  const users: string[] = [];
  const server = new SMTPServer({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    logger: false,
    onAuth: ({ username = '', accessToken }, _session, done) => {
      if (accessToken !== token) return done(new Error('5.7.8 Authentication failed'));
      users.push(username);
      done(null, { user: username });
    },
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done());
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    users,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
