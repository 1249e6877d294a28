import type { HealthRegistry, HealthResult } from '#platform';
import type { ServedModels } from '#read-side';

/** Positions behind the head from which on somebody should look. */
const LAGGING = 10_000;

/** Tells how the projections are. */
export function registerHealth(health: HealthRegistry, models: ServedModels): void {
  health.register('process', 'live', () => ({ status: 'up', detail: 'Running.' }));
  health.register('projections', 'ready', async () => projectionHealth(models));
}

async function projectionHealth(models: ServedModels): Promise<HealthResult> {
  const { models: all } = await models.status();
  const stuck = all.filter(({ lastError }) => lastError !== undefined);
  const parked = all.filter((model) => model.parked > 0);
  const lagging = all.filter(({ state, lag = 0 }) => state === 'live' && lag > LAGGING);
  const names = (some: typeof all) => some.map(({ collection }) => collection).join(', ');
  const troubles = [
    ...(stuck.length > 0 ? [`Stopped, being retried: ${names(stuck)}.`] : []),
    ...(parked.length > 0 ? [`Events parked: ${names(parked)}.`] : []),
    ...(lagging.length > 0 ? [`Catching up: ${names(lagging)}.`] : []),
  ];
  return troubles.length === 0
    ? { status: 'up', detail: 'Caught up.' }
    : { status: 'degraded', detail: troubles.join(' ') };
}
