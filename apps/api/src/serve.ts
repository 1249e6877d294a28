import type { AddressInfo } from 'node:net';
import { withinLimit } from '#platform';
import type { Leadledger } from './composition/leadledger.js';
import { createApplication } from './http/create-application.js';

export interface Server {
  /** Without a slash at its end. */
  readonly url: string;
  /** Every route that is registered, as `GET /v1/leads/:id`. */
  readonly routes: readonly string[];
  /** Refuses new requests, finishes those under way, stops listening. */
  close(): Promise<void>;
}

/** Longest that requests under way may still take, in milliseconds. */
const DRAIN_MS = 15_000;

/** Listens where the configuration says. */
export async function serve(ledger: Leadledger): Promise<Server> {
  const { host, port } = ledger.config;
  const { nest, drain, routes } = await createApplication(ledger);
  await nest.init();
  // Not by way of Nest, which would log on its own account that the address is in use.
  await nest.getHttpAdapter().getInstance().listen({ port, host });
  const { port: bound } = nest.getHttpServer().address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    routes,
    async close() {
      await withinLimit(drain.begin(), DRAIN_MS, () => undefined);
      nest.getHttpServer().closeAllConnections();
      await nest.close();
    },
  };
}
