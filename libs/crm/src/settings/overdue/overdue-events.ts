import type { DomainEvent } from '../../kernel/event.js';
import { defineEvent } from '../../kernel/event-definition.js';
import type { OverduePolicy } from './overdue-policy.js';

export type OverduePolicyChanged = DomainEvent<
  'OverduePolicyChanged',
  {
    readonly from: OverduePolicy;
    readonly to: OverduePolicy;
    /** Deadlines that are running are to be computed anew. */
    readonly applyToOpen: boolean;
  }
>;

export const OVERDUE_EVENTS = [
  defineEvent('OverduePolicyChanged', 'The time allowed for opportunities and activities changed.'),
] as const;
