import { expect } from '@jest/globals';
import type { Decider, DecisionContext } from '../src/kernel/decider.js';
import type { Actor, DomainEvent, Happened } from '../src/kernel/event.js';
import type { Instant, Uuid } from '../src/kernel/ids.js';
import { Refusal } from '../src/kernel/refusal.js';
import { NO_SETTINGS, type Settings } from '../src/settings/settings.js';

export const ID: Uuid = '11111111-1111-4111-8111-111111111111';
export const OTHER_ID: Uuid = '22222222-2222-4222-8222-222222222222';
export const COMMAND_ID: Uuid = '33333333-3333-4333-8333-333333333333';
export const ACTOR: Actor = { kind: 'user', id: '44444444-4444-4444-8444-444444444444' };
export const START: Instant = '2026-03-01T09:00:00.000Z';

/** `START` and so many minutes. */
export function minutes(count: number): Instant {
  return new Date(Date.parse(START) + count * 60_000).toISOString();
}

export function contextWith(part: Partial<DecisionContext> = {}): DecisionContext {
  const settings: Settings = NO_SETTINGS;
  const now = minutes(1_000);
  return { now, occurredAt: now, actor: ACTOR, commandId: COMMAND_ID, settings, ...part };
}

export function happened<Event extends DomainEvent>(event: Event, at = START): Happened<Event> {
  const metadata = { actor: ACTOR, occurredAt: at, recordedAt: at, commandId: COMMAND_ID };
  return { ...event, metadata } as Happened<Event>;
}

/** Folds events, the first at `START` and each next one a minute later. */
export function fold<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[],
): State {
  return events.reduce(
    (state, event, index) => decider.evolve(state, happened(event, minutes(index))),
    decider.initial(ID),
  );
}

/** Given events, when a command, then events or a refusal. */
export function given<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[] = [],
  context: Partial<DecisionContext> = {},
) {
  const state = fold(decider, events);
  return {
    state,
    when(command: Command) {
      const decide = () => decider.decide(state, command, contextWith(context));
      return {
        decides(...expected: readonly DomainEvent[]) {
          expect(decide()).toEqual(expected);
        },
        /** The state after what was decided. */
        after(): State {
          return fold(decider, [...events, ...decide()]);
        },
        refused(code: string, ...paths: readonly string[]) {
          const refusal = refusalOf(decide);
          const at = [...new Set(refusal.errors.map(({ path }) => path))];
          expect({ code: refusal.code, paths: at }).toEqual({ code, paths });
          return refusal;
        },
      };
    },
  };
}

function refusalOf(decide: () => unknown): Refusal {
  try {
    decide();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Expected a refusal, but the command was accepted.');
}

/** What an act comes to; undefined where it is refused. */
export function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
