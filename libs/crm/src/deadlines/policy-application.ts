import type { Decider } from '../kernel/decider.js';
import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Revision } from '../kernel/ids.js';

export type OverduePolicyApplied = DomainEvent<
  'OverduePolicyApplied',
  {
    /** The settings event that asked for it. */
    readonly settingsRevision: Revision;
    /** How many deadlines are other ones because of it. */
    readonly opportunities: number;
    readonly activities: number;
  }
>;

export const POLICY_EVENTS: readonly EventDefinition[] = [
  defineEvent(
    'OverduePolicyApplied',
    'A changed overdue policy was applied to all that was open, as its administrator asked for.',
  ),
];

/** The stream that says whether a changed policy was applied. */
export function policyStream(settingsRevision: Revision): string {
  return `policy-${settingsRevision}`;
}

export interface PolicyApplication {
  readonly applied: boolean;
}

export type FinishApplication = {
  readonly kind: 'finish';
  readonly outcome: OverduePolicyApplied['data'];
};

/** The rules of applying a policy: it is finished once. */
export const policyDecider: Decider<PolicyApplication, FinishApplication, OverduePolicyApplied> = {
  initial: () => ({ applied: false }),
  decide: ({ applied }, { outcome }) =>
    applied ? [] : [{ type: 'OverduePolicyApplied', data: outcome }],
  evolve: () => ({ applied: true }),
};
