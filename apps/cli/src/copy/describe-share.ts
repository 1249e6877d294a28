import type { CopyProgress } from '#event-store';
import { duration, grouped } from '../progress-line.js';

/**
 * Says how far a copy is, by positions: how many events a log has nobody counts in advance.
 * @param now monotonic, in ms
 */
export function describeShare(
  now: () => number = () => performance.now(),
): (progress: CopyProgress) => string {
  let first: { readonly at: number; readonly events: number; readonly reached: number } | undefined;
  return ({ events, reached, end }) => {
    first ??= { at: now(), events, reached };
    const share = end > 0 ? Math.floor((100 * reached) / end) : 100;
    const seconds = (now() - first.at) / 1_000;
    const told = `${grouped(events)} (${share} %)`;
    if (seconds < 1 || events === first.events) return told;
    const rate = Math.round((events - first.events) / seconds);
    const left = ((end - reached) * seconds) / Math.max(1, reached - first.reached);
    return `${told}, ${grouped(rate)}/s, ${duration(left)} left`;
  };
}
