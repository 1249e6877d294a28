import { startWireProxy, type WireProxy } from './wire-proxy.mjs';
import { startWireServer } from './wire-server.mjs';

/** A MongoDB behind a proxy that makes what goes wrong on the way to it. */
export interface TroubledMongo {
  readonly proxy: WireProxy;
  stop(): Promise<void>;
}

/** Always on a server of the tests' own. */
export async function startTroubledMongo(): Promise<TroubledMongo> {
  const server = await startWireServer();
  const proxy = await startWireProxy({ target: new URL(server.url) });
  return {
    proxy,
    async stop() {
      await proxy.stop();
      await server.stop();
    },
  };
}
