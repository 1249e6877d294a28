import type { Timed } from '../deadlines/deadline.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { RecordRef } from '../record/record-type.js';

export const ACTIVITY_KINDS = ['call', 'meeting', 'email', 'task'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** `absent`: never planned. */
export type ActivityStatus = 'absent' | 'planned' | 'done' | 'cancelled';

/** Most records that an activity concerns. */
export const MAX_LINKS = 20;

/** Something to be done about one or more records (PRODUCT.md P1). */
export interface ActivityState extends Timed {
  readonly id: Uuid;
  readonly status: ActivityStatus;
  readonly deleted: boolean;
  readonly kind: ActivityKind;
  readonly subject: string;
  readonly description?: string;
  /** Calls, meetings and e-mails have one; a task may do without. */
  readonly dueAt?: Instant;
  readonly assigneeId?: Uuid;
  readonly links: readonly RecordRef[];
  /** What came of it, once done. */
  readonly outcome?: string;
  readonly createdAt: Instant;
  readonly createdBy: Uuid;
  readonly updatedAt: Instant;
  readonly updatedBy: Uuid;
  /** When it was done or cancelled. */
  readonly closedAt?: Instant;
}

/** An activity that was never planned. */
export function absentActivity(id: Uuid): ActivityState {
  return {
    id,
    status: 'absent',
    deleted: false,
    kind: 'task',
    subject: '',
    links: [],
    createdAt: '',
    createdBy: '',
    updatedAt: '',
    updatedBy: '',
  };
}
