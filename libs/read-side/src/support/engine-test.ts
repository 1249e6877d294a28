import { afterEach, beforeEach } from '@jest/globals';
import type { Recorded } from '#crm';
import type { Document } from '#read-store';
import { createProjectionEngine } from '../engine/engine.js';
import type { ProjectionEngine, ProjectionEngineOptions } from '../engine/engine.port.js';
import type { Projection } from '../engine/projection.port.js';
import { openStores, type TestStores } from './open-stores.js';

/** What a test counter has seen, in order. */
export interface Counter extends Document {
  readonly seen: readonly number[];
  readonly currency?: string;
}

/** The engine under test with counters for projections. */
export interface EngineTest {
  readonly stores: TestStores;
  /** Which events the counters fail on. */
  fails: (event: Recorded) => boolean;
  counting(name: string, version?: number, mark?: number): Projection<Counter>;
  started(
    projections: readonly Projection[],
    options?: Partial<ProjectionEngineOptions>,
  ): Promise<ProjectionEngine>;
  seen(
    engine: ProjectionEngine,
    id?: string,
    name?: string,
  ): Promise<readonly number[] | undefined>;
}

/** Opens stores before each test of the file, and stops engines and stores after it. */
export function engineTest(): EngineTest {
  let stores: TestStores;
  const engines: ProjectionEngine[] = [];
  const test: EngineTest = {
    get stores() {
      return stores;
    },
    fails: () => false,
    counting: (name, version = 1, mark = 0) => ({
      collection: { name, version, indexes: [] },
      prefixes: ['counter-'],
      oneStream: true,
      keys: ({ data }) => [Reflect.get(data, 'of') as string],
      open: (id, stored) => (stored as Counter | undefined) ?? { id, seen: mark ? [mark] : [] },
      evolve(counter, event, { currency }) {
        if (test.fails(event)) {
          throw new TypeError(`Cannot fold ${Reflect.get(event.data, 'name')}.`);
        }
        return { ...counter, seen: [...counter.seen, Reflect.get(event.data, 'n')], currency };
      },
      close: (counter) => counter,
    }),
    async started(projections, options = {}) {
      const { log, readStore } = stores;
      const engine = createProjectionEngine({ log, readStore, projections, ...options });
      engines.push(engine);
      await engine.start();
      return engine;
    },
    async seen(engine, id = 'a', name = 'counters') {
      const stored = await stores.readStore.load(engine.live(name), [id]);
      return (stored.get(id)?.document as Counter | undefined)?.seen;
    },
  };
  beforeEach(async () => {
    stores = await openStores();
    test.fails = () => false;
  });
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.stop();
    await stores.close();
  });
  return test;
}

/** An event for the counter `of`. */
export function counted(n: number, of = 'a', name = 'Nguyễn Gia Khương') {
  return { type: 'Counted', data: { n, of, name } };
}
