import type { EventLog } from '#event-store';
import type { HealthRegistry, HealthResult } from '#platform';
import type { ServedModels } from '#read-side';

/** Events behind the head, about, from which on somebody should look. */
const LAGGING = 10_000;

/** Tells how the projections are. */
export function registerHealth(
  health: HealthRegistry,
  models: ServedModels,
  { positionStep }: Pick<EventLog, 'positionStep'>,
): void {
  health.register('process', 'live', () => ({ status: 'up', detail: 'Running.' }));
  health.register('projections', 'ready', async () =>
    projectionHealth(models, LAGGING * positionStep),
  );
}

async function projectionHealth(models: ServedModels, lagging: number): Promise<HealthResult> {
  const { models: all } = await models.status();
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
    ? { status: 'up', detail: 'Caught up.' }
    : { status: 'degraded', detail: troubles.join(' ') };
}
