import { parentPort, workerData } from 'node:worker_threads';
import { ALL_EVENTS } from '#crm';
import {
  createEventLog,
  createRegistry,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
} from '#event-store';
import { ALL_PROJECTIONS, createProjectionEngine, hostEngine } from '#read-side';
import { openThreadedReadStore } from '#read-store';

/** What the thread is started with. */
export interface ProjectionThreadData {
  readonly folder: string;
}

/** A thread's program: reads the log beside the thread that writes it, and is the only one that writes the read store. */
const { folder } = workerData as ProjectionThreadData;
if (!parentPort) throw new Error('This is the program of a thread.');

await hostEngine(parentPort, async ({ logger, onProgress }) => {
  const events = await openEmbeddedEventStore({ folder, readOnly: true });
  const keys = await openEmbeddedKeyRing({ folder, readOnly: true });
  const readStore = await openThreadedReadStore({ folder });
  const log = createEventLog({ store: events, registry: createRegistry(ALL_EVENTS), keys });
  const projections = ALL_PROJECTIONS;
  return {
    engine: createProjectionEngine({ log, readStore, projections, logger, onProgress }),
    lookAgain: events.lookAgain,
    async close() {
      for (const store of [readStore, keys, events]) await store.close();
    },
  };
});
