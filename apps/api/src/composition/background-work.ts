import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import type { Logger } from '#platform';
import { ALL_PROJECTIONS, createProjectionEngine, type Projection } from '#read-side';
import { type Leases, shareTasks, type Task, underLease } from '#read-store';
import type { Polling } from '#write-side';
import { COMPLETED_WORK, type Completion } from './completion.js';
import { engineLogger } from './engine-logger.js';
import { NOTIFYING_WORK, type NotifyingWork } from './notifying.js';
import type { Stores } from './open-stores.js';

/** What goes on beside requests: projections and processes. */
export interface BackgroundWork {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkParts {
  readonly stores: Stores;
  readonly completion: Completion;
  readonly notifying: Readonly<Record<NotifyingWork, Polling>>;
  readonly logger: Logger;
}

/**
 * Projections that are kept together: each group reads the log once. A group follows streams that the others do not, as far as that goes.
 */
const GROUPS: readonly (readonly string[])[] = [
  ['leads', 'conversions'],
  ['opportunities', 'contacts', 'accounts', 'deadlines'],
  ['duplicates', 'skips'],
  ['notes', 'merges'],
  ['activities', 'notifications', 'users', 'teams', 'saved_filters'],
  ['deliveries', 'webhooks'],
];

/** Names of the tasks that one process at a time does, where several share them. */
export const SHARED_TASKS: readonly string[] = [
  ...groupsOf(ALL_PROJECTIONS).map(taskName),
  ...[...COMPLETED_WORK, ...NOTIFYING_WORK].map(processName),
];

/** Does the work here, where nobody shares it; or what of it this process holds the leases for. */
export function createBackgroundWork(parts: WorkParts): BackgroundWork {
  const { leases } = parts.stores;
  return leases ? sharedWork(parts, leases) : ownWork(parts);
}

/** Projections have their own place then: `create-models.ts`. */
function ownWork({ completion, notifying }: WorkParts): BackgroundWork {
  const processes = Object.values({ ...completion, ...notifying });
  return {
    async start() {
      for (const process of processes) process.start();
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}

function sharedWork(
  { stores, completion, notifying, logger }: WorkParts,
  leases: Leases,
): BackgroundWork {
  const works = Object.entries({ ...completion, ...notifying });
  const processes = works.map(([work, process]): Task => {
    return {
      name: processName(work),
      async begin() {
        process.start();
        return { end: () => process.stop() };
      },
    };
  });
  const sharing = shareTasks({
    leases,
    holder: `${hostname()} ${pid} ${randomUUID()}`,
    tasks: [
      ...groupsOf(ALL_PROJECTIONS).map((group) => keeping(group, stores, logger)),
      ...processes,
    ],
    failed: (task, error) => logger.warn('A shared task was hindered.', { task, error }),
  });
  return {
    start: sharing.start,
    stop: sharing.stop,
  };
}

function keeping(projections: readonly Projection[], stores: Stores, logger: Logger): Task {
  return {
    name: taskName(projections),
    async begin(lease) {
      const engine = createProjectionEngine({
        log: stores.log,
        readStore: underLease(stores.readStore, () => lease),
        projections,
        followed: true,
        logger: engineLogger(logger),
      });
      await engine.start();
      return { end: engine.stop };
    },
  };
}

function taskName([first]: readonly Projection[]): string {
  return `projections ${first?.collection.name ?? ''}`;
}

function processName(work: string): string {
  return `process ${work}`;
}

/** One that no group names is a group of its own. */
function groupsOf(projections: readonly Projection[]): readonly (readonly Projection[])[] {
  const named = GROUPS.map((names) =>
    projections.filter(({ collection }) => names.includes(collection.name)),
  );
  const others = projections.filter((one) => !named.some((group) => group.includes(one)));
  return [...named.filter((group) => group.length > 0), ...others.map((one) => [one])];
}
