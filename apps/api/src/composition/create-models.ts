import { Worker } from 'node:worker_threads';
import type { Logger } from '#platform';
import {
  ALL_PROJECTIONS,
  createProjectionEngine,
  createRemoteEngine,
  type EngineLogger,
  type ServedModels,
} from '#read-side';
import type { Stores } from './open-stores.js';
import type { ProjectionThreadData } from './projection-thread.js';

/** Where projections run: in the thread that serves requests, or in one of their own, which needs built code. */
export type ProjectionsIn = 'this-thread' | 'own-thread';

/** The engine that keeps the read models, not yet started. */
export function createModels(
  stores: Stores,
  folder: string,
  runIn: ProjectionsIn,
  logger: Logger,
): ServedModels {
  const { log, readStore } = stores;
  const engineLogger: EngineLogger = {
    info: (facts, message) => logger.info(message, { ...facts }),
    warn: (facts, message) => logger.warn(message, { ...facts }),
  };
  if (runIn === 'this-thread') {
    const projections = ALL_PROJECTIONS;
    return createProjectionEngine({ log, readStore, projections, logger: engineLogger });
  }
  const workerData: ProjectionThreadData = { folder };
  const engine = createRemoteEngine({
    launch: () => new Worker(new URL('./projection-thread.js', import.meta.url), { workerData }),
    head: log.head,
    logger: engineLogger,
  });
  stores.onAppended(engine.grown);
  return engine;
}
