/**
 * Stands between a program and the database on this machine and puts another text of the same length into its statements: how a test breaks
 * a guard that lives in a statement, to see that it would notice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../../src/domain/operator-error.ts';

export interface RewritingProxy {
  /** The folder whose socket leads through the proxy. */
  readonly host: string;
  /** How many statements were changed. */
  rewritten(): number;
  close(): Promise<void>;
}

/** Where a server listens: on a socket in a folder, or at an address. */
interface ServerPlace {
  readonly host: string;
  readonly port: number;
}

/** @param from Text of a statement. @param to What the server is told instead, filled up with blanks. */
export async function startRewritingProxy({ host, port }: ServerPlace, from: string, to: string): Promise<RewritingProxy> {
  assert(to.length <= from.length, 'the lengths in the protocol stay right');
  const folder = mkdtempSync(join(tmpdir(), 'wr-'));
  const socket = `.s.PGSQL.${port}`;
  const open = new Set<Socket>();
  const [wanted, instead] = [Buffer.from(from), Buffer.from(to.padEnd(from.length))];
  let count = 0;
  const rewrite = (chunk: Buffer): Buffer => {
    for (let at = chunk.indexOf(wanted); at >= 0; at = chunk.indexOf(wanted, at)) {
      instead.copy(chunk, at);
      count += 1;
      at += wanted.length;
    }
    return chunk;
  };
  const proxy = createServer((client) => {
    const upstream = host.startsWith('/') ? createConnection(join(host, socket)) : createConnection(port, host);
    open.add(client);
    const end = (): void => {
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const each of [client, upstream]) each.on('error', end).on('close', end);
    client.on('data', (chunk: Buffer) => upstream.write(rewrite(chunk)));
    upstream.on('data', (chunk: Buffer) => client.write(chunk));
  });
  await new Promise<void>((resolve) => proxy.listen(join(folder, socket), resolve));
  return {
    host: folder,
    rewritten: () => count,
    close: async () => {
      for (const each of open) each.destroy();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
