import type { Position } from '#crm';
import type { Standing } from '../engine/engine.port.js';
import type { Retried } from '../engine/retry-parked.js';
import type { EngineStatus } from '../engine/status.js';

/** What an engine in another thread is asked to do. */
export type EngineCall =
  | { readonly what: 'status' }
  | { readonly what: 'rebuild'; readonly collections?: readonly string[] }
  | { readonly what: 'retryParked'; readonly collection: string; readonly documentId?: string }
  | { readonly what: 'stop' };

export type EngineAnswer = EngineStatus | Retried | undefined;

/** To the thread of the engine. */
export type ToEngine =
  /** The log has grown. */
  | { readonly kind: 'grown' }
  /** The log has grown, and somebody waits for the position. */
  | { readonly kind: 'wanted'; readonly position: Position }
  | { readonly kind: 'call'; readonly id: number; readonly call: EngineCall };

/** From it. `served` is left out while it is what was said last. */
export type FromEngine =
  | { readonly kind: 'started'; readonly standing: Standing }
  | {
      readonly kind: 'progress';
      readonly positions: Readonly<Record<string, Position>>;
      readonly served?: Standing['served'];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: EngineAnswer }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: CarriedError }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn';
      readonly facts: object;
      readonly message: string;
    };

/** An error as it can be sent; `collection` is that of an `UnknownReadModel`. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly collection?: string;
}
