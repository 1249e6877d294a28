import type { ActivityKind, Deadline, Instant, Position, RecordRef, Revision, Uuid } from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import { timelineLinks } from '../timeline/timeline-link.js';

/** Something to be done, as lists show it. */
export interface ActivityDocument extends Document {
  readonly id: Uuid;
  readonly status: 'planned' | 'done' | 'cancelled' | 'deleted';
  /** What the status is but for the deletion. */
  readonly standing: 'planned' | 'done' | 'cancelled';
  readonly kind: ActivityKind;
  readonly subject: string;
  readonly description?: string;
  readonly dueAt?: Instant;
  readonly assigneeId?: Uuid;
  readonly links: readonly (RecordRef & { readonly [member: string]: string })[];
  /** The links as record keys. */
  readonly linkKeys: readonly string[];
  readonly outcome?: string;
  readonly closedAt?: Instant;
  /** When somebody is reminded of it: its due time and the grace that there was. */
  readonly deadline?: Deadline;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly updatedAt: Instant;
  readonly updatedBy: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** By record; what a person has to do, by due time; what is due at all; and the scope of own records. */
export const ACTIVITIES: CollectionDefinition = {
  name: 'activities',
  version: 2,
  indexes: [
    { fields: ['linkKeys'], multi: 'exact' },
    { fields: ['assigneeId', 'dueAt'] },
    { fields: ['status', 'dueAt'] },
    { fields: ['dueAt'] },
    { fields: ['createdAt'] },
  ],
};

/** From a record to events of activities that concerned it when they happened. */
export const ACTIVITY_LINKS = timelineLinks('timeline_links');
