import type { EventStore } from '#event-store';
import {
  type Clock,
  type Config,
  createHealthRegistry,
  createMetrics,
  type IdSource,
  type Logger,
  pinoLogger,
  type Shutdown,
  systemClock,
  timeOrderedIds,
} from '#platform';
import { createLiveSettings } from '#write-side';
import { createAccess } from './access.js';
import { createBackgroundWork } from './background-work.js';
import { noteBuiltFrom } from './built-from.js';
import { createCompletion } from './completion.js';
import { createModels, type ProjectionsIn } from './create-models.js';
import { keepUp } from './keep-up.js';
import type { Leadledger } from './leadledger.js';
import { createNotifying } from './notifying.js';
import type { Use } from './open-read-store.js';
import { openStores } from './open-stores.js';
import { createPeople } from './people.js';
import { createReadSide } from './read-side.js';
import { registerHealth } from './register-health.js';
import { createTrouble } from './trouble.js';
import { verifyInBackground } from './verify-in-background.js';
import { createWriteSide } from './write-side.js';

/** What else than the world's own may be put in its place, for tests and tools. */
export interface Surroundings {
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** Spreads attempts: 0 up to and without 1. */
  readonly chance?: () => number;
  /** Milliseconds between two looks of a process for what is due, on the world's own clock. */
  readonly lookEveryMs?: number;
  readonly logger?: Logger;
  /** Default: in the thread that composes. */
  readonly projections?: ProjectionsIn;
  /** Put around the event store: what fails or ends in the middle of things. */
  readonly events?: (store: EventStore) => EventStore;
  /** What the process is for. Default: an api. A worker has nobody to hand the first admin's token to, and leaves that to the api. */
  readonly role?: 'api' | 'worker';
  /** See `ReadStoreOptions`. */
  readonly use?: Use;
}

/**
 * Puts the product together on a data folder: opens the stores, reads settings and people, sets up a new installation,
 * and starts projections and processes unless the configuration leaves them to a worker.
 * @throws StoreLocked, StoreDamaged, StoreUnavailable, ReadStoreUnavailable, ForeignReadModels, PrivateFileError
 */
export async function compose(config: Config, around: Surroundings = {}): Promise<Leadledger> {
  const { clock = systemClock, ids = timeOrderedIds, use = 'serve' } = around;
  const logger = around.logger ?? pinoLogger(config.logLevel);
  const metrics = createMetrics();
  const health = createHealthRegistry();
  const { projections = 'this-thread' } = around;
  // The thread opens the embedded stores by itself.
  const embedded = config.eventStoreUrl === undefined && config.mongoUrl === undefined;
  const runIn = embedded ? projections : 'this-thread';
  const readModels = runIn === 'own-thread' ? 'read' : 'written';
  const stores = await openStores(config, {
    ...{ logger, metrics, readModels, use },
    ...(around.events && { events: around.events }),
  });
  const stopping = new AbortController();
  try {
    const people = createPeople(stores.log);
    const settings = createLiveSettings(stores.log);
    const models = createModels(stores, config.dataFolder, runIn, logger);
    const read = createReadSide(stores, models, clock);
    const { finder, mergeFinder, undoFinder, owned, recent } = read;
    const write = await createWriteSide({
      unreadFinder: read.queries,
      ...{ stores, people, settings, finder, mergeFinder, undoFinder, owned, clock, recent },
      mergeLimit: config.mergeLimit,
    });
    await Promise.all([people.refresh(), settings.refresh()]);
    const access = await createAccess(config, stores, people, clock);
    await write.settingsCommands.initialise();
    // Now at the latest the log has a beginning. An embedded read store may be another thread's to write: it is noted at the next start.
    if (config.mongoUrl && use !== 'rebuild') await noteBuiltFrom(stores.readStore, stores.events);
    const firstAdmin =
      around.role === 'worker' ? undefined : await access.bootstrap(write.users, ids);
    const trouble = createTrouble(logger);
    const notifying = await createNotifying({
      ...{ config, stores, people, read, write, clock, ids, trouble },
      chance: around.chance ?? Math.random,
      ...(around.lookEveryMs !== undefined && { intervalMs: around.lookEveryMs }),
    });
    if (use === 'serve') await notifying.establish();
    const { countParked } = read.queries;
    registerHealth(health, { stores, models: read.models, countParked, trouble });
    const { signal } = stopping;
    const background = [
      verifyInBackground(stores, health, logger, signal),
      keepUp('settings', settings.follow, logger, signal),
      keepUp('people', people.follow, logger, signal),
    ];
    const completion = createCompletion({
      ...{ stores, read, write, people, clock, logger },
      ...(around.lookEveryMs !== undefined && { intervalMs: around.lookEveryMs }),
    });
    const work = createBackgroundWork({
      ...{ stores, completion, logger },
      notifying: notifying.processes,
    });
    // Models that others keep are followed all the same.
    if (config.worker || stores.leases) await read.models.start();
    if (config.worker) await work.start();
    const stopWith = (shutdown: Shutdown) => {
      shutdown.add('background work', work.stop);
      shutdown.add('senders', notifying.close);
      shutdown.add('projections', () => read.models.stop());
      shutdown.add('followers', async () => {
        stopping.abort();
        await Promise.all(background);
      });
      shutdown.add('stores', stores.close);
    };
    const { authenticator, issueToken } = access;
    return {
      ...{ config, clock, ids, logger, metrics, health, stores, people, authenticator, issueToken },
      ...{ write, read, notifying, stopWith },
      ...(firstAdmin && { firstAdmin }),
    };
  } catch (error) {
    stopping.abort();
    await stores.close();
    throw error;
  }
}
