import type { Position } from '#crm';
import type { EventLog } from '#event-store';
import type { Lane } from './lane.js';

export interface ModelStatus {
  readonly collection: string;
  readonly version: number;
  /** `building` beside the live version, or `live`: read by queries. */
  readonly state: 'live' | 'building';
  readonly position: Position;
  /** Positions behind the head of the log, 0 when caught up; undefined when the log does not answer. */
  readonly lag: number | undefined;
  /** Parked events; counted up to 10,000. */
  readonly parked: number;
  /** What keeps it from going on just now. */
  readonly lastError: string | undefined;
}

export interface EngineStatus {
  /** Position of the last event; undefined when the log does not answer. */
  readonly head: Position | undefined;
  readonly models: readonly ModelStatus[];
}

export async function statusOf(log: EventLog, lanes: Iterable<Lane>): Promise<EngineStatus> {
  const head = await log.head().catch(() => undefined);
  const models = [...lanes].flatMap((lane) =>
    lane.models.map(
      ({ collection, building, position, parked }): ModelStatus => ({
        collection: collection.name,
        version: collection.version,
        state: building ? 'building' : 'live',
        position,
        lag: head === undefined ? undefined : Math.max(0, head - position),
        parked,
        lastError: lane.lastError,
      }),
    ),
  );
  return { head, models };
}
