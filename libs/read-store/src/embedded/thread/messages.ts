import type { Position } from '#crm';
import type { Lease } from '../../leases.port.js';
import type { CollectionDefinition } from '../../read-store.port.js';

/** A document as text, or the id of one that goes. */
export type TextWrite =
  | readonly [position: Position, text: string]
  | readonly [position: Position, undefined, id: string];

/** A batch as it is sent: texts are copied between threads at next to no cost, objects are not. */
export interface TextBatch {
  readonly collections: readonly {
    readonly collection: CollectionDefinition;
    readonly writes: readonly TextWrite[];
  }[];
  readonly checkpoints: Readonly<Record<string, Position>>;
  readonly fence: Lease | undefined;
}

/** What the thread that writes is asked to do, in this order. */
export type WriterCall =
  | { readonly what: 'write'; readonly batch: TextBatch }
  | { readonly what: 'ensure'; readonly collection: CollectionDefinition }
  | {
      readonly what: 'drop';
      readonly collection: Pick<CollectionDefinition, 'name' | 'version'>;
      readonly fence: Lease | undefined;
    }
  | { readonly what: 'forget'; readonly name: string; readonly fence: Lease | undefined }
  | { readonly what: 'close' };

export interface ToWriter {
  readonly id: number;
  readonly call: WriterCall;
}

export type FromWriter =
  /** The file is there; `recreated` says why an empty one took its place. */
  | { readonly kind: 'opened'; readonly recreated?: string }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: CarriedError };

/** Why the store is unavailable, which lease is lost, or what was asked of the store that it does not do. */
export type CarriedError =
  | { readonly why: string }
  | { readonly lease: string; readonly token: number }
  | { readonly misuse: string };
