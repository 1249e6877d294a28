import { type DeadlineEvent, deadlineEventDefinitions } from '../deadlines/deadline-events.js';
import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { Change } from '../record/change.js';
import type { RecordRef } from '../record/record-type.js';
import type { ActivityKind } from './activity-state.js';

export type ActivityPlanned = DomainEvent<
  'ActivityPlanned',
  {
    readonly kind: ActivityKind;
    readonly subject: string;
    readonly description?: string;
    readonly dueAt?: Instant;
    readonly assigneeId?: Uuid;
    readonly links: readonly RecordRef[];
  }
>;
/** Changes of `kind`, `subject` and `description`. */
export type ActivityEdited = DomainEvent<'ActivityEdited', { readonly changes: readonly Change[] }>;
export type ActivityRescheduled = DomainEvent<
  'ActivityRescheduled',
  { readonly from?: Instant; readonly to?: Instant }
>;
export type ActivityAssigned = DomainEvent<
  'ActivityAssigned',
  { readonly from?: Uuid; readonly to?: Uuid }
>;
export type ActivityCompleted = DomainEvent<'ActivityCompleted', { readonly outcome?: string }>;
export type ActivityCancelled = DomainEvent<'ActivityCancelled', { readonly reason?: string }>;
export type ActivityReopened = DomainEvent<'ActivityReopened', Readonly<Record<string, never>>>;
export type ActivityLinked = DomainEvent<'ActivityLinked', { readonly link: RecordRef }>;
export type ActivityUnlinked = DomainEvent<'ActivityUnlinked', { readonly link: RecordRef }>;
export type ActivityDeleted = DomainEvent<'ActivityDeleted', Readonly<Record<string, never>>>;
export type ActivityRestored = DomainEvent<'ActivityRestored', Readonly<Record<string, never>>>;

export type ActivityEvent =
  | ActivityPlanned
  | ActivityEdited
  | ActivityRescheduled
  | ActivityAssigned
  | ActivityCompleted
  | ActivityCancelled
  | ActivityReopened
  | ActivityLinked
  | ActivityUnlinked
  | ActivityDeleted
  | ActivityRestored
  | DeadlineEvent<'Activity'>;

function sealed(...paths: string[]) {
  return { paths, changedFields: [] };
}

export const ACTIVITY_EVENTS: readonly EventDefinition[] = [
  defineEvent('ActivityPlanned', 'An activity was planned.', sealed('subject', 'description')),
  defineEvent('ActivityEdited', 'An activity got another kind, subject or description.', {
    paths: [],
    changedFields: ['subject', 'description'],
  }),
  defineEvent('ActivityRescheduled', 'An activity is due at another time.'),
  defineEvent('ActivityAssigned', 'Somebody else is to do an activity.'),
  defineEvent('ActivityCompleted', 'An activity was done.', sealed('outcome')),
  defineEvent('ActivityCancelled', 'An activity will not take place.', sealed('reason')),
  defineEvent('ActivityReopened', 'A done or cancelled activity is planned again.'),
  defineEvent('ActivityLinked', 'An activity concerns one more record.'),
  defineEvent('ActivityUnlinked', 'An activity no longer concerns a record.'),
  defineEvent('ActivityDeleted', 'An activity was deleted; its history stays.'),
  defineEvent('ActivityRestored', 'The deleted activity was brought back.'),
  ...deadlineEventDefinitions('Activity'),
];
