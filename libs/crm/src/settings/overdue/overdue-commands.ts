import type { OverduePolicy } from './overdue-policy.js';

/** Replaces the policy as a whole; without `activities` they are not reminded of. */
export type SetOverduePolicy = {
  readonly kind: 'set-overdue-policy';
  readonly policy: Pick<OverduePolicy, 'entries'> & {
    /** Without `graceMinutes` it is none. */
    readonly activities?: Omit<OverduePolicy['activities'], 'graceMinutes'> & {
      readonly graceMinutes?: number;
    };
  };
  /** Deadlines that are running are computed anew; left out, they keep what was promised when they began. */
  readonly applyToOpen?: boolean;
};
