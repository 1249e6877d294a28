import type { DecisionContext } from '../kernel/decider.js';
import { deriveId } from '../kernel/ids.js';
import type { Assignee } from '../record/change.js';
import { sameValue } from '../record/field.js';
import type { Settings } from '../settings/settings.js';
import { type Due, openDeadline, type Timed } from './deadline.js';
import type { DeadlineEvent, DeadlineSetData } from './deadline-events.js';

type TimedName = 'Opportunity' | 'Activity';
type Cause = DeadlineSetData['cause'];

/** How deadlines of one kind of thing are set. */
export interface DeadlineRules<State extends Timed, Name extends TimedName> {
  readonly name: Name;
  /** What the policy says of what counts; undefined when it says nothing. */
  dueOf(state: State, settings: Settings): Due | undefined;
  assigneeOf(state: State): Assignee;
  /** Whether something changed that the policy goes by, without time being counted anew. */
  isAnotherMatter(before: State, after: State): boolean;
}

export interface Deadlines<State extends Timed, Name extends TimedName> {
  /** What a change means for the deadline, under the settings of the change: a moment is set, and no later policy moves it unasked. */
  followUp(before: State, after: State, context: DecisionContext): readonly DeadlineEvent<Name>[];
  /** What the policy as it is now says of what is open: for when an administrator has it applied. */
  applyPolicy(state: State, context: DecisionContext): readonly DeadlineEvent<Name>[];
}

/** Sets deadlines by rules. That a moment is recorded, and not concluded when read, is what makes it the same for ever. */
export function followDeadline<State extends Timed, Name extends TimedName>(
  rules: DeadlineRules<State, Name>,
): Deadlines<State, Name> {
  /** Sets the deadline of `after` where that differs from what stood. */
  function set(
    after: State,
    stood: ReturnType<typeof openDeadline>,
    cause: Cause,
    isAnew: boolean,
    { settings, commandId }: DecisionContext,
  ): readonly DeadlineEvent<Name>[] {
    const due = after.countdown && rules.dueOf(after, settings);
    if (!after.countdown || !due) return ended(after, stood, cause);
    if (!isAnew && stood && sameValue(due, dueIn(stood))) return [];
    const fresh = deriveId(after.id, `deadline:${commandId}`);
    return [
      event({
        deadlineId: isAnew ? fresh : (stood?.id ?? fresh),
        cause,
        startedAt: after.countdown.startedAt,
        assignee: rules.assigneeOf(after),
        ...(stood && { from: stood.dueAt }),
        to: due.dueAt,
        ...(due.entryId !== undefined && { entryId: due.entryId }),
        ...(due.repeatHours !== undefined && { repeatHours: due.repeatHours }),
      }),
    ];
  }

  function ended(
    state: State,
    stood: ReturnType<typeof openDeadline>,
    cause: Cause,
  ): readonly DeadlineEvent<Name>[] {
    if (!stood) return [];
    const { id: deadlineId, startedAt, dueAt: from } = stood;
    const assignee = rules.assigneeOf(state);
    return [event({ deadlineId, cause, startedAt, assignee, from })];
  }

  const event = (data: DeadlineSetData) =>
    ({ type: `${rules.name}DeadlineSet`, data }) as DeadlineEvent<Name>;

  return {
    followUp(before, after, context) {
      const stood = openDeadline(before);
      const { countdown } = after;
      if (!countdown) return ended(before, stood, 'end');
      if (countdown !== before.countdown) {
        return set(after, stood, countdown.cause, true, context);
      }
      const isHandled = after.deadline !== undefined && !openDeadline(after);
      if (isHandled || !rules.isAnotherMatter(before, after)) return [];
      return set(after, openDeadline(after), 'priority', false, context);
    },
    applyPolicy(state, context) {
      const isHandled = state.deadline !== undefined && !openDeadline(state);
      if (isHandled) return [];
      return set(state, openDeadline(state), 'policy', false, context);
    },
  };
}

function dueIn({ dueAt, entryId, repeatHours }: Due): Due {
  return {
    dueAt,
    ...(entryId !== undefined && { entryId }),
    ...(repeatHours !== undefined && { repeatHours }),
  };
}
