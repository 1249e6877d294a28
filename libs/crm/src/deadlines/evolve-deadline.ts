import type { DomainEvent, Happened } from '../kernel/event.js';
import type { CountdownCause, Deadline, Timed } from './deadline.js';
import type { DeadlineEvent, DeadlineSetData, DeadlineVerb } from './deadline-events.js';

type UnnamedDeadlineEvent =
  DeadlineEvent<'Activity'> extends infer Event
    ? Event extends { type: `Activity${infer Verb}`; data: infer Data }
      ? { type: Verb; data: Data }
      : never
    : never;

const DEADLINE_EVENT = /^(?:Opportunity|Activity)(DeadlineSet|DeadlineSnoozed|DeadlineHandled)$/;

/** True for an event of a deadline; every other event may start or end one. */
export function isDeadlineEvent(event: Happened): event is Happened<DeadlineEvent> {
  return DEADLINE_EVENT.test(event.type);
}

/** Folds an event of a deadline. One of a deadline that is not there any more changes nothing. */
export function evolveDeadline(
  { deadline }: Timed,
  happened: Happened<DeadlineEvent>,
): Pick<Timed, 'deadline'> {
  const verb = DEADLINE_EVENT.exec(happened.type)?.[1] as DeadlineVerb;
  const event = { type: verb, data: happened.data } as UnnamedDeadlineEvent;
  if (event.type === 'DeadlineSet') return { deadline: setTo(deadline, event.data) };
  if (deadline?.id !== event.data.deadlineId) return { deadline };
  switch (event.type) {
    case 'DeadlineSnoozed':
      return { deadline: { ...deadline, snoozedUntil: event.data.until } };
    case 'DeadlineHandled':
      return { deadline: { ...deadline, handledAt: happened.metadata.occurredAt } };
    default: {
      const unknown: never = event;
      void unknown;
      return { deadline };
    }
  }
}

function setTo(before: Deadline | undefined, data: DeadlineSetData): Deadline | undefined {
  const { deadlineId: id, startedAt, to: dueAt, entryId, repeatHours } = data;
  if (dueAt === undefined) return undefined;
  const kept = before?.id === id ? before.snoozedUntil : undefined;
  return {
    ...{ id, startedAt, dueAt },
    ...(entryId !== undefined && { entryId }),
    ...(repeatHours !== undefined && { repeatHours }),
    ...(kept !== undefined && { snoozedUntil: kept }),
  };
}

/** The state after an event with its countdown: started anew for a cause, ended, or as it was. A deadline goes with its countdown. */
export function withCountdown<State extends Timed>(
  after: State,
  counts: boolean,
  cause: CountdownCause | undefined,
  { metadata }: Happened<DomainEvent>,
): State {
  if (!counts) {
    const { countdown, deadline } = after;
    return countdown || deadline ? { ...after, countdown: undefined, deadline: undefined } : after;
  }
  if (cause === undefined) return after;
  const countdown = { cause, startedAt: metadata.occurredAt };
  return { ...after, countdown, deadline: undefined };
}
