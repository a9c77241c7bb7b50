/** `/healthz`, `/readyz` and `/metrics`, on this machine alone: whoever watches the daemon runs beside it. */
import { createServer, type Server } from 'node:http';
import { OperatorError } from '../domain/operator-error.ts';
import type { Metrics } from './metrics.ts';
import type { Pulse } from './pulse.ts';

export interface Endpoints {
  readonly port: number;
  close(): Promise<void>;
}

export interface Watched {
  readonly pulse: Pulse;
  readonly metrics: Metrics;
  /** Why it takes no work now; `null` when it does. */
  notReady(): string | null;
}

/** @throws OperatorError `daemon.port-taken` of kind `configuration`. */
export async function serveEndpoints(port: number, watched: Watched): Promise<Endpoints> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', watched).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  await listening(server, port);
  server.unref();
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function answer(path: string, { pulse, metrics, notReady }: Watched): Promise<Answer> {
  const text = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body: `${body}\n` });
  const stale = pulse.stale();
  switch (path) {
    case '/healthz':
      return stale.length === 0 ? text(200, 'ok') : text(503, `no sign of life from: ${stale.join(', ')}`);
    case '/readyz': {
      const why = stale.length > 0 ? `no sign of life from: ${stale.join(', ')}` : notReady();
      return why === null ? text(200, 'ready') : text(503, why);
    }
    case '/metrics':
      return { status: 200, type: metrics.contentType, body: await metrics.text() };
    default:
      return text(404, 'There are /healthz, /readyz and /metrics.');
  }
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new OperatorError({
          code: 'daemon.port-taken',
          kind: 'configuration',
          message: `The daemon cannot answer on port ${port} of this machine (${cause.code ?? 'unknown reason'}).`,
          tryThis: 'Give another number in WAFA_DAEMON_PORT, or "off".',
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
