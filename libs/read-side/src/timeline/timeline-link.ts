import type { Position, Recorded, RecordRef, Revision, TimedRef } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import { recordKey } from '../records/record-key.js';

/** Points from a record, or an activity, to an event of another stream that concerned it when it happened. */
export interface TimelineLink extends Document {
  /** `<recordKey>@<position>`. */
  readonly id: string;
  readonly recordKey: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: Revision;
}

/** A collection of links, which lives with the read model that makes them. */
export function timelineLinks(name: string): CollectionDefinition {
  return { name, version: 1, indexes: [{ fields: ['recordKey', 'position'] }] };
}

/** Links to one event from all that it concerns. */
export function linksTo(
  { stream, revision, position }: Pick<Recorded, 'stream' | 'revision' | 'position'>,
  concerned: readonly (RecordRef | TimedRef)[],
): readonly TimelineLink[] {
  return [...new Set(concerned.map(recordKey))].map((key) => ({
    id: `${key}@${position}`,
    recordKey: key,
    ...{ position, stream, revision },
  }));
}
