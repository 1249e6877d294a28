import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HealthKind, HealthRegistry } from '#platform';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

const KINDS: Readonly<Record<string, HealthKind>> = {
  '/health/live': 'live',
  '/health/ready': 'ready',
};

/** Answers `/health/live` and `/health/ready` as the api does, and nothing else: a worker has no callers to let in. */
export async function serveHealth(
  health: HealthRegistry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const kind = request.method === 'GET' ? KINDS[request.url ?? ''] : undefined;
    if (kind) void report(health, kind, response);
    else response.writeHead(404).end();
  });
  server.listen({ host, port });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function report(
  health: HealthRegistry,
  kind: HealthKind,
  response: ServerResponse,
): Promise<void> {
  const told = await health.report(kind);
  response
    .writeHead(told.status === 'down' ? 503 : 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    .end(JSON.stringify(told));
}
