import type { EventLog } from '#event-store';
import type { HealthRegistry, HealthResult } from '#platform';
import type { ServedModels } from '#read-side';
import { answerOf } from './answer-of.js';
import { SHARED_TASKS } from './background-work.js';
import { notifyingHealth } from './notifying-health.js';
import type { Stores } from './open-stores.js';
import type { Trouble } from './trouble.js';
import { watchTasks } from './watch-tasks.js';

/** Events behind the head, about, from which on somebody should look. */
const LAGGING = 10_000;

const PROBE = 'health';

export interface Watched {
  readonly stores: Pick<Stores, 'readStore' | 'leases'> & {
    readonly log: Pick<EventLog, 'head' | 'positionStep'>;
  };
  readonly models: Pick<ServedModels, 'status'>;
  countParked(upTo: number): Promise<number>;
  readonly trouble: Pick<Trouble, 'latest'>;
}

/** Tells how the stores are, each by itself, how far the projections are, and whether somebody does what processes share. */
export function registerHealth(health: HealthRegistry, watched: Watched): void {
  const { stores, models } = watched;
  const { log, readStore, leases } = stores;
  health.register('process', 'live', () => ({ status: 'up', detail: 'Running.' }));
  health.register('event-store', 'ready', async () =>
    // Lists are served all the same.
    (await answerOf(log.head()))
      ? { status: 'up', detail: 'Answers.' }
      : { status: 'degraded', detail: 'Does not answer: commands are refused.' },
  );
  health.register('read-store', 'ready', async () =>
    (await answerOf(readStore.checkpoints([PROBE])))
      ? { status: 'up', detail: 'Answers.' }
      : { status: 'down', detail: 'Does not answer: nothing can be read.' },
  );
  const lagging = LAGGING * log.positionStep;
  health.register('projections', 'ready', () => projectionHealth(models, lagging));
  health.register('notifications', 'ready', notifyingHealth(watched.countParked, watched.trouble));
  if (leases) health.register('workers', 'ready', watchTasks(leases, SHARED_TASKS));
}

async function projectionHealth(
  models: Pick<ServedModels, 'status'>,
  lagging: number,
): Promise<HealthResult> {
  const answered = await answerOf(models.status());
  if (!answered || answered.value.head === undefined) {
    return { status: 'degraded', detail: 'How far they are cannot be told: a store is away.' };
  }
  const { models: all } = answered.value;
  const stuck = all.filter(({ lastError }) => lastError !== undefined);
  const parked = all.filter((model) => model.parked > 0);
  const behind = all.filter(({ state, lag = 0 }) => state === 'live' && lag > lagging);
  const names = (some: typeof all) => some.map(({ collection }) => collection).join(', ');
  const troubles = [
    ...(stuck.length > 0 ? [`Stopped, being retried: ${names(stuck)}.`] : []),
    ...(parked.length > 0 ? [`Events parked: ${names(parked)}.`] : []),
    ...(behind.length > 0 ? [`Catching up: ${names(behind)}.`] : []),
  ];
  return troubles.length === 0
    ? { status: 'up', detail: 'Caught up, or nearly.' }
    : { status: 'degraded', detail: troubles.join(' ') };
}
