/** Stands before a mail server and hangs up when the server says that it has taken a mail: the mail is on its way, and its sender is not told. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export async function startEatingProxy(serverPort: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    open.add(client).add(server);
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    let isInData = false;
    client.on('data', (chunk: Buffer) => server.write(chunk));
    server.on('data', (chunk: Buffer) => {
      // What a server says after 354 is its answer to the final dot; 354 itself may come in one piece with answers before it.
      if (isInData) return end();
      isInData = /^354/m.test(chunk.toString('latin1'));
      client.write(chunk);
    });
    for (const each of [client, server]) each.on('error', end).on('close', () => (open.delete(each), end()));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    close: async () => {
      for (const each of open) each.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
