import type { Position } from '#crm';
import { BoundedMap } from '#event-store';
import type { CollectionDefinition } from '#read-store';
import { type GroupsInFlight, NO_GROUPS } from './group-moves.js';
import { collectionsKept, type Projection } from './projection.port.js';

/** A projection at work on one physical collection. */
export interface Model {
  readonly projection: Projection;
  /** The projection's collection under its physical version, see `generations.ts`. */
  readonly collection: CollectionDefinition;
  /** Where its rows are, if it has any. */
  readonly rows: CollectionDefinition | undefined;
  /** Where its groups are, if it has any. */
  readonly groups: CollectionDefinition | undefined;
  /** Of its checkpoint and of what it parks: `<collection>@<version>`. */
  readonly name: string;
  /** Everything up to here has been folded. */
  position: Position;
  /** Built beside the live version; no query reads it yet. */
  building: boolean;
  /** Parked events; while there are none, no batch looks for frozen documents. */
  parked: number;
  readonly recent: BoundedMap<string, OpenState>;
  /** The states of the batch that is being written: what the store has of these documents is out of date. */
  writing: ReadonlyMap<string, OpenState>;
  /** What the batch that is being written does to groups. */
  groupsInFlight: GroupsInFlight;
}

/** A document in the middle of being folded. */
export interface OpenState {
  readonly state: unknown;
  readonly position: Position;
}

/**
 * How many folded states a model keeps from batch to batch. Records are often touched again soon (captured, then worked
 * on); a kept state spares reading and parsing the document.
 */
const RECENT = 2_000;

export function createModel(projection: Projection, version: number): Model {
  const collection = { ...projection.collection, version };
  return {
    projection,
    collection,
    rows: projection.rows && { ...projection.rows.collection, version },
    groups: projection.groups && { ...projection.groups.collection, version },
    name: modelName(collection),
    position: -1,
    building: false,
    parked: 0,
    recent: new BoundedMap(RECENT),
    writing: new Map(),
    groupsInFlight: NO_GROUPS,
  };
}

export function modelName({ name, version }: Pick<CollectionDefinition, 'name' | 'version'>) {
  return `${name}@${version}`;
}

/** All collections of a model. */
export function collectionsOf({ projection, collection }: Model): readonly CollectionDefinition[] {
  const { version } = collection;
  return collectionsKept(projection).map((kept) => ({ ...kept, version }));
}
