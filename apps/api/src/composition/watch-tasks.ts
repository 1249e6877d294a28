import type { HealthCheck } from '#platform';
import { createLeaseWatch, type Leases } from '#read-store';
import { answerOf } from './answer-of.js';

/** Whoever lives has renewed within this (ms), or another has taken over. */
const DEAD_MS = 10_000;

/**
 * Whether somebody does each of the tasks that processes share. What is stored does not tell whether a holder lives, so its sign of life
 * is compared with that of earlier looks.
 * @param now monotonic, in milliseconds
 */
export function watchTasks(
  leases: Pick<Leases, 'standing'>,
  tasks: readonly string[],
  now: () => number = () => performance.now(),
): HealthCheck {
  const watch = createLeaseWatch(now);
  return async () => {
    const answered = await answerOf(leases.standing(tasks));
    if (!answered) return { status: 'degraded', detail: 'The leases cannot be read.' };
    const standing = new Map(answered.value.map((lease) => [lease.name, lease]));
    const idle = tasks.filter((task) => {
      const lease = standing.get(task);
      if (lease?.holder === undefined) return true;
      return watch.isOver(task, { ...lease, ttlMs: DEAD_MS });
    });
    return idle.length === 0
      ? { status: 'up', detail: 'All tasks are done by somebody.' }
      : { status: 'degraded', detail: `Nobody does: ${idle.join(', ')}. Start a worker.` };
  };
}
