import { Worker } from 'node:worker_threads';
import type { Logger } from '#platform';
import {
  ALL_PROJECTIONS,
  createFollowedModels,
  createProjectionEngine,
  createRemoteEngine,
  type ServedModels,
} from '#read-side';
import { engineLogger } from './engine-logger.js';
import type { Stores } from './open-stores.js';
import type { ProjectionThreadData } from './projection-thread.js';

/** Where projections run: in the thread that serves requests, or in one of their own, which needs built code and the embedded stores. */
export type ProjectionsIn = 'this-thread' | 'own-thread';

/** The read models as queries have them, not yet started. Those that processes share are kept by whoever holds their leases. */
export function createModels(
  stores: Stores,
  folder: string,
  runIn: ProjectionsIn,
  logger: Logger,
): ServedModels {
  const { log, readStore, leases } = stores;
  const projections = ALL_PROJECTIONS;
  const told = engineLogger(logger);
  if (leases) return createFollowedModels({ log, readStore, projections, logger: told });
  if (runIn === 'this-thread') {
    return createProjectionEngine({ log, readStore, projections, logger: told });
  }
  const workerData: ProjectionThreadData = { folder };
  const engine = createRemoteEngine({
    launch: () => new Worker(new URL('./projection-thread.js', import.meta.url), { workerData }),
    head: log.head,
    logger: told,
  });
  stores.onAppended(engine.grown);
  return engine;
}
