import type { Settings } from '../settings/settings.js';
import type { Actor, DomainEvent, Happened } from './event.js';
import type { Instant, Uuid } from './ids.js';

/** What a decision may know beside the state: nothing is read from a clock, a generator or a store. */
export interface DecisionContext {
  /** The moment of the decision. */
  readonly now: Instant;
  /** When what the command tells happened; `now` unless the caller may say otherwise. */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  readonly commandId: Uuid;
  readonly settings: Settings;
}

/**
 * A record type's rules as pure functions.
 * `decide` returns the events of a command (none when it is already so) or throws a `Refusal`.
 * `evolve` is total: it never throws, whatever the event.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  initial(id: Uuid): State;
  decide(state: State, command: Command, context: DecisionContext): readonly Event[];
  evolve(state: State, event: Happened<Event>): State;
  /**
   * What follows from a change whoever made it, a command or a process: recorded with it, under the same command.
   * @param before the state before the change, and `after` with its events folded
   */
  followUp?(before: State, after: State, context: DecisionContext): readonly Event[];
}
