import type { OverduePolicy } from './overdue-policy.js';

/** Replaces the policy as a whole; without `activities` they are not reminded of. */
export type SetOverduePolicy = {
  readonly kind: 'set-overdue-policy';
  readonly policy: Pick<OverduePolicy, 'entries'> & Partial<OverduePolicy>;
  /** Deadlines that are running are computed anew; left out, they keep what was promised when they began. */
  readonly applyToOpen?: boolean;
};
