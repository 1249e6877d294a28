import type { HealthCheck } from '#platform';
import { answerOf } from './answer-of.js';
import type { Trouble } from './trouble.js';

/** Parked deliveries are counted up to here. */
export const MOST_PARKED = 1_000;

/** Whether people are told: what is parked waits for somebody to look at it. */
export function notifyingHealth(
  countParked: (upTo: number) => Promise<number>,
  trouble: Pick<Trouble, 'latest'>,
): HealthCheck {
  return async () => {
    const answered = await answerOf(countParked(MOST_PARKED));
    if (!answered) return { status: 'degraded', detail: 'The read store is away.' };
    const parked = answered.value;
    const failing = trouble.latest();
    const troubles = [
      ...(failing === undefined ? [] : [`Being retried: ${failing}.`]),
      ...(parked === 0 ? [] : [`Deliveries parked: ${parked}. See /v1/deliveries?status=parked.`]),
    ];
    return troubles.length === 0
      ? { status: 'up', detail: 'Whoever is to be told is told.' }
      : { status: 'degraded', detail: troubles.join(' ') };
  };
}
