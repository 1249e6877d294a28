import {
  type ActivityState,
  type Assignee,
  activityDecider,
  type Deadline,
  type DomainEvent,
  type Happened,
  openDeadline,
  opportunityDecider,
  type RecordRef,
  recordStream,
  type TimedRef,
} from '#crm';
import type { EventLog } from '#event-store';

/** What a reminder needs to know of what it is about. */
export interface OpenTimed {
  readonly deadline: Deadline;
  readonly assignee: Assignee;
  readonly about?: readonly RecordRef[];
}

interface Folder {
  initial(id: string): unknown;
  evolve(state: unknown, event: Happened): unknown;
}

/** Folds the stream as it is now, with its personal parts closed; undefined when no deadline waits there. */
export async function loadTimed(
  log: EventLog,
  { type, id }: TimedRef,
): Promise<OpenTimed | undefined> {
  const stream = recordStream(type, id);
  const { events } = await log.readStream({ stream, sealed: true });
  if (type === 'activity') {
    const state = fold<ActivityState>(activityDecider as Folder, id, events);
    const deadline = openDeadline(state);
    const { assigneeId, links } = state;
    return (
      deadline && {
        deadline,
        assignee: { ...(assigneeId && { ownerId: assigneeId }) },
        about: links,
      }
    );
  }
  const state = fold<ReturnType<typeof opportunityDecider.initial>>(
    opportunityDecider as Folder,
    id,
    events,
  );
  const deadline = openDeadline(state);
  const { ownerId, teamId } = state;
  return (
    deadline && { deadline, assignee: { ...(ownerId && { ownerId }), ...(teamId && { teamId }) } }
  );
}

function fold<State>(folder: Folder, id: string, events: readonly DomainEvent[]): State {
  return events.reduce<unknown>(
    (state, event) => folder.evolve(state, event as Happened),
    folder.initial(id),
  ) as State;
}
