/** A sign-in server of a mail provider on this machine: gives tokens, or refuses as it is told; keeps what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface TokenServer {
  readonly url: string;
  readonly asked: readonly URLSearchParams[];
  behave(
    answer: (form: URLSearchParams, count: number) => { readonly status: number; readonly body: string; readonly date?: string },
  ): void;
  close(): Promise<void>;
}

/** Its tokens are `token-1`, `token-2` and so on. */
export async function startTokenServer(): Promise<TokenServer> {
  const asked: URLSearchParams[] = [];
  let answer: Parameters<TokenServer['behave']>[0] = (_, count) => ({
    status: 200,
    body: JSON.stringify({ access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3_599 }),
  });
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const form = new URLSearchParams(body);
      asked.push(form);
      const { status, body: sent, date } = answer(form, asked.length);
      response.writeHead(status, { 'content-type': 'application/json', ...(date === undefined ? {} : { date }) }).end(sent);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    asked,
    behave: (next) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
