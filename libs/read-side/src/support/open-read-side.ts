import type { Instant } from '#crm';
import type { ReadStore } from '#read-store';
import { ALL_PROJECTIONS } from '../all-projections.js';
import { createProjectionEngine } from '../engine/engine.js';
import type { ProjectionEngine } from '../engine/engine.port.js';
import { createQueries, type Queries } from '../queries/create-queries.js';
import { openStores, type TestEvent, type TestStores } from './open-stores.js';

/** Stores with every projection running, and the queries over them. */
export interface TestReadSide extends TestStores {
  readonly engine: ProjectionEngine;
  readonly queries: Queries;
  /** Appends and waits until the read models have it. */
  happen(stream: string, ...events: readonly TestEvent[]): Promise<number>;
}

/**
 * @param on the read store to be closed with the rest; an embedded one when left out
 * @param now what filters go by
 */
export async function openReadSide(
  on?: ReadStore,
  now: () => Instant = () => new Date().toISOString(),
): Promise<TestReadSide> {
  const stores = await openStores(on);
  const { log, readStore } = stores;
  const engine = createProjectionEngine({
    log,
    readStore,
    projections: ALL_PROJECTIONS,
  });
  await engine.start();
  return {
    ...stores,
    engine,
    queries: createQueries({ log, readStore, models: engine, now }),
    async happen(stream, ...events) {
      const position = await stores.append(stream, ...events);
      if (!(await engine.waitFor(position, 5_000))) throw new Error('The read models lag behind.');
      return position;
    },
    async close() {
      await engine.stop();
      await stores.close();
    },
  };
}
