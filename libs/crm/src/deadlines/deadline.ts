import type { Instant, Uuid } from '../kernel/ids.js';

/**
 * Why time counts from a moment: somebody got it, it took another processing step or stage, an activity is due at another time, or it is
 * worked on again after it was closed, deleted or merged away.
 */
export type CountdownCause = 'assignment' | 'step' | 'due' | 'resumption';

/** Since when the time that something may take is counted. It is so whether or not the policy says how much that is. */
export type Countdown = { readonly cause: CountdownCause; readonly startedAt: Instant };

/** When something has to be done (PRODUCT.md P6), as the policy said when it was set. */
export type Deadline = {
  readonly id: Uuid;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** The entry of the overdue policy. */
  readonly entryId?: string;
  /** Reminds again every so many hours, from the due time or the end of the snooze. */
  readonly repeatHours?: number;
  /** Nobody is reminded before. */
  readonly snoozedUntil?: Instant;
  /** Set once it is handled: nobody is reminded any more. */
  readonly handledAt?: Instant;
};

/** Something that is to be done in time: an opportunity, an activity. */
export interface Timed {
  readonly id: Uuid;
  /** Set while time counts: it is somebody's and not done. */
  readonly countdown?: Countdown | undefined;
  /** Set while time counts and the policy says how much there is. */
  readonly deadline?: Deadline | undefined;
}

/** What the policy says of a countdown. */
export type Due = Pick<Deadline, 'dueAt' | 'entryId' | 'repeatHours'>;

/** The deadline that waits for something to be done. */
export function openDeadline({ deadline }: Pick<Timed, 'deadline'>): Deadline | undefined {
  return deadline?.handledAt === undefined ? deadline : undefined;
}
