import type { ApplyOverduePolicy, DeadlineCommand } from '../deadlines/decide-deadline.js';
import type { RecordRef } from '../record/record-type.js';
import type { ActivityKind } from './activity-state.js';

/** Times are ISO 8601 with an offset. */
export type PlanActivity = {
  readonly kind: 'plan';
  readonly activity: {
    readonly kind: ActivityKind;
    readonly subject: string;
    readonly description?: string;
    readonly dueAt?: string;
    readonly assigneeId?: string;
    readonly links: readonly RecordRef[];
  };
};
/** What is left out stays as it is. */
export type EditActivity = {
  readonly kind: 'edit';
  readonly activityKind?: ActivityKind;
  readonly subject?: string;
  readonly description?: string | null;
};
export type RescheduleActivity = { readonly kind: 'reschedule'; readonly dueAt: string | null };
export type ReassignActivity = { readonly kind: 'reassign'; readonly assigneeId: string | null };
export type CompleteActivity = { readonly kind: 'complete'; readonly outcome?: string };
export type CancelActivity = { readonly kind: 'cancel'; readonly reason?: string };
export type LinkActivity = { readonly kind: 'link'; readonly link: RecordRef };
export type UnlinkActivity = { readonly kind: 'unlink'; readonly link: RecordRef };

export type ActivityCommand =
  | PlanActivity
  | EditActivity
  | RescheduleActivity
  | ReassignActivity
  | CompleteActivity
  | CancelActivity
  | LinkActivity
  | UnlinkActivity
  | { readonly kind: 'reopen' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }
  | DeadlineCommand
  | ApplyOverduePolicy;
