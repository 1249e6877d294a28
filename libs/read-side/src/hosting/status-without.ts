import type { Position } from '#crm';
import type { Standing } from '../engine/engine.port.js';
import type { EngineStatus, ModelStatus } from '../engine/status.js';

/** The status while the engine does not answer: as it stood, and that it is away. */
export function statusWithout(
  { served, positions }: Standing,
  last: EngineStatus | undefined,
  head: Position | undefined,
): EngineStatus {
  const models = served.flatMap(({ name, version }): ModelStatus[] => {
    const position = positions[name];
    if (position === undefined) return [];
    const before = last?.models.find((model) => model.collection === name);
    return [
      {
        collection: name,
        version,
        state: 'live',
        position,
        lag: head === undefined ? undefined : Math.max(0, head - position),
        parked: before?.parked ?? 0,
        lastError: 'ProjectionsAway: the projections do not answer',
      },
    ];
  });
  return { head, models };
}
