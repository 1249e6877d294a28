import type { Position } from '#crm';
import type { Standing } from './engine.port.js';

/** Everything up to here is in all read models, or in those named; -1 when there is none of them. */
export function reachedIn({ positions }: Standing, collections?: readonly string[]): Position {
  const counted = collections?.flatMap((name) => positions[name] ?? []) ?? Object.values(positions);
  return counted.length === 0 ? -1 : Math.min(...counted);
}
