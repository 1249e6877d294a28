import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { Instant, Uuid } from '../kernel/ids.js';
import type { Assignee } from '../record/change.js';
import type { CountdownCause } from './deadline.js';

export type DeadlineSetData = {
  /** The deadline that counts from now on; without `to`, the one that counted. */
  readonly deadlineId: Uuid;
  /** Why time is counted anew; or why it ends at another moment: the priority or the policy changed; or `end`: nothing is left to be done. */
  readonly cause: CountdownCause | 'priority' | 'policy' | 'end';
  readonly startedAt: Instant;
  /** Whose it is; of an activity the assignee as `ownerId`. */
  readonly assignee: Assignee;
  /** When what counted before was due. */
  readonly from?: Instant;
  /** Left out: there is no deadline any more. */
  readonly to?: Instant;
  /** The entry of the overdue policy; none for activities. */
  readonly entryId?: string;
  readonly repeatHours?: number;
};
export type DeadlineSnoozedData = { readonly deadlineId: Uuid; readonly until: Instant };
export type DeadlineHandledData = { readonly deadlineId: Uuid };

type TimedName = 'Opportunity' | 'Activity';

/** The events of deadlines, with the name of what they are of in front. */
export type DeadlineEvent<Name extends TimedName = TimedName> =
  | DomainEvent<`${Name}DeadlineSet`, DeadlineSetData>
  | DomainEvent<`${Name}DeadlineSnoozed`, DeadlineSnoozedData>
  | DomainEvent<`${Name}DeadlineHandled`, DeadlineHandledData>;

export type DeadlineVerb = DeadlineEvent<'Activity'>['type'] extends `Activity${infer Verb}`
  ? Verb
  : never;

/** Their definitions. */
export function deadlineEventDefinitions(name: TimedName): readonly EventDefinition[] {
  const noun = name === 'Activity' ? 'activity' : 'opportunity';
  return [
    defineEvent(
      `${name}DeadlineSet`,
      `The ${noun} has to be done by another moment, or has no deadline any more.`,
    ),
    defineEvent(`${name}DeadlineSnoozed`, `Nobody is reminded of the ${noun} until a moment.`),
    defineEvent(
      `${name}DeadlineHandled`,
      `What the deadline of the ${noun} stood for was dealt with.`,
    ),
  ];
}
