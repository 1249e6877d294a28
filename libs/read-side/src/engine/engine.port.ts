import type { Position } from '#crm';
import type { EventLog } from '#event-store';
import type { CollectionDefinition, ReadStore } from '#read-store';
import type { Projection } from './projection.port.js';
import type { Retried } from './retry-parked.js';
import type { EngineStatus } from './status.js';

/** What the engine tells the operator. Shaped as pino's. */
export interface EngineLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface ProjectionEngineOptions {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  readonly projections: readonly Projection[];
  readonly logger?: EngineLogger;
  /** Most events in a batch, which bounds the memory taken. */
  readonly batchSize?: number;
  /** How long (ms) a replaced version is kept for queries of other processes that do not know of the switch yet. */
  readonly dropAfterMs?: number;
  /** Set when other processes follow the read models by their checkpoints (`createFollowedModels`): each is then saved at once. */
  readonly followed?: boolean;
  /** Called whenever read models have come further, or others are live. */
  readonly onProgress?: () => void;
}

/** How far the read models are that queries read. Plain data, which can be sent to where the queries are. */
export interface Standing {
  /** What queries read; the same list as long as it is the same. */
  readonly served: readonly CollectionDefinition[];
  /** Where each stands, by collection name. */
  readonly positions: Readonly<Record<string, Position>>;
}

/** Which read models are there and how far they are: what queries need of the engine. */
export interface ReadModels {
  /** The version of a collection that queries read now. @throws UnknownReadModel */
  live(name: string): CollectionDefinition;
  /** Everything up to here is in the read models that queries read: in all of them, or in those named. */
  reached(collections?: readonly string[]): Position;
  /** True at once when reached; false when the time (ms) passes first. */
  waitFor(position: Position, timeoutMs: number, collections?: readonly string[]): Promise<boolean>;
}

/** Read models that are kept up with the log, wherever that is done: in this thread, in another, by other processes. */
export interface ServedModels extends ReadModels {
  /** Opens the collections and begins to follow. Errors after that are retried, not thrown. */
  start(): Promise<void>;
  /** Finishes what is at hand and lets go. */
  stop(): Promise<void>;
  status(): Promise<EngineStatus>;
}

/** Keeps read models up with the log. */
export interface ProjectionEngine extends ServedModels {
  standing(): Standing;
  /** Somebody waits for the position: events up to it do not gather into larger batches first. */
  hurry(position: Position): void;
  /** Begins to build read models anew beside the present ones, all or those named; they are switched to when they have caught up. */
  rebuild(collections?: readonly string[]): Promise<void>;
  /** Replays frozen documents of a collection, all or one, and lets those go that can be folded now. @throws UnknownReadModel */
  retryParked(collection: string, documentId?: string): Promise<Retried>;
}

/** No projection of that name is here. */
export class UnknownReadModel extends Error {
  constructor(readonly collection: string) {
    super(`There is no read model ${collection}.`);
    this.name = 'UnknownReadModel';
  }
}
