import type { Instant, Position, Recorded, RecordType, Revision, SkipEvent, Uuid } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

/** A pair of records that somebody has said are not the same. */
export interface SkipDocument extends Document {
  readonly id: Uuid;
  readonly type: RecordType;
  readonly ids: readonly [Uuid, Uuid];
  readonly status: 'skipped' | 'withdrawn';
  /** When and by whom it got its status. */
  readonly at: Instant;
  readonly by: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** Listed by type, the latest first. */
export const SKIPS: CollectionDefinition = {
  name: 'skips',
  version: 1,
  indexes: [{ fields: ['type', 'status', 'at'] }],
};

/** Kind of the streams that tell of pairs. */
export const SKIP_PREFIX = 'skip-';

/** The pairs that were skipped, one document each. */
export const skipProjection: Projection<SkipDocument | undefined> = {
  collection: SKIPS,
  prefixes: [SKIP_PREFIX],
  oneStream: true,
  keys: ({ stream }) => [stream.slice(SKIP_PREFIX.length)],
  begins: ({ type, revision }) => type === 'DuplicateSkipped' && revision === 0,
  open: (_id, stored) => stored as SkipDocument | undefined,
  evolve(_skip, recorded, _settings, id) {
    const { type, data, metadata, revision, position } = recorded as Recorded<SkipEvent>;
    return {
      id,
      type: data.type,
      ids: data.ids,
      status: type === 'DuplicateSkipped' ? 'skipped' : 'withdrawn',
      at: metadata.occurredAt,
      by: metadata.actor.id,
      revision,
      position,
    };
  },
  close: (skip) => skip,
};
