import {
  type DecisionContext,
  type DomainEvent,
  deriveId,
  type Happened,
  type Instant,
  Refusal,
} from '#crm';
import { type EventLog, type NewEvent, WrongExpectedRevision } from '#event-store';
import type { SettingsSource } from '../settings/settings-source.port.js';
import type { Envelope } from './envelope.js';
import type { Executed } from './executed.js';
import { Held, type Hold } from './hold.js';
import { KeyedQueue } from './keyed-queue.js';
import { busy } from './outdated.js';
import { type Folded, StreamCache } from './stream-cache.js';
import { contextUnder, hashOf, metadataOf, refuseStale, repeated } from './under-envelope.js';

export interface ExecutorOptions {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly now: () => Instant;
  /** Most folded streams kept in memory. */
  readonly cachedStreams?: number;
  /** Told of every stream that came into being, with what its first append made of it. */
  readonly born?: (state: unknown, at: Pick<Folded<unknown>, 'revision' | 'position'>) => void;
  /** Sees to it that the merge which holds a record is decided, one way or the other; left out where nothing is ever held. */
  readonly release?: (hold: Hold) => Promise<void>;
  /** Most attempts when other processes write to the same stream. */
  readonly attempts?: number;
}

/** Most merges that a command waits for, one after the other. */
const MOST_HOLDS = 50;

/** A stream and how it folds. */
export interface Target<State, Event extends DomainEvent> {
  readonly stream: string;
  /** The stream's name was made for this call: it need not be looked for. */
  readonly unborn?: boolean;
  initial(): State;
  evolve(state: State, event: Happened<Event>): State;
  /** See `Decider.followUp`. */
  followUp?(before: State, after: State, context: DecisionContext): readonly Event[];
  /** What has to be decided before anything else is done to the stream. */
  heldBy?(state: State): Hold | undefined;
}

export type Decide<State, Event extends DomainEvent> = (
  state: State,
  context: DecisionContext,
  /** Where the stream stands, -1 when it does not exist. */
  revision: number,
) => readonly Event[] | Promise<readonly Event[]>;

/** Loads, decides, appends: one command on one stream. */
export class Executor {
  private readonly cache: StreamCache;
  private readonly queue = new KeyedQueue();

  constructor(private readonly options: ExecutorOptions) {
    this.cache = new StreamCache(options.cachedStreams ?? 20_000);
  }

  /**
   * Carries a command out.
   * 1. The stream's events are folded, from memory where it is there.
   * 2. A command that the stream knows already is answered with its first outcome.
   * 3. The decision's events are appended at the revision it was made on, or it is made again on what is there now.
   * A refusal or an empty decision made on a state from memory is confirmed against the store first. A command on a stream that is held
   * waits until that is decided.
   * @throws Refusal of the decision; `revision_mismatch` (412); `idempotency_key_reused` (422); `busy` after too many attempts
   */
  async execute<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    envelope: Envelope,
    decide: Decide<State, Event>,
  ): Promise<Executed<State>> {
    for (let held = 0; held < MOST_HOLDS; held++) {
      try {
        return await this.executeUnheld(target, envelope, decide);
      } catch (error) {
        if (!(error instanceof Held) || !this.options.release) throw error;
        // Outside the stream's queue: deciding the merge may write to the stream.
        await this.options.release(error.hold);
      }
    }
    throw busy('Too many others are changing this record; try again.');
  }

  private executeUnheld<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    envelope: Envelope,
    decide: Decide<State, Event>,
  ): Promise<Executed<State>> {
    return this.queue.run(target.stream, async () => {
      const attempts = this.options.attempts ?? 20;
      for (let attempt = 0; attempt < attempts; attempt++) {
        const executed = await this.attempt(target, envelope, decide, attempt > 0);
        if (executed) return executed;
        await pause(Math.min(50, 2 ** attempt) * Math.random());
      }
      throw busy('Too many others are changing this record; try again.');
    });
  }

  /** The folded stream as the store has it now, or from memory when `cached` will do. */
  async load<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    { cached = false } = {},
  ): Promise<Folded<State>> {
    const known = this.cache.get<State>(target.stream);
    if (known && cached) return known;
    const slice = await this.options.log.readStream({
      stream: target.stream,
      ...(known && { from: known.revision + 1 }),
    });
    if (known && slice.events.length === 0) return known;
    const folded = this.fold(target, known ?? this.absent(target), slice.events, slice.keyId);
    this.cache.set(target.stream, folded);
    return folded;
  }

  private async attempt<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    envelope: Envelope,
    decide: Decide<State, Event>,
    reload: boolean,
  ): Promise<Executed<State> | undefined> {
    const known = reload ? undefined : this.cache.get<State>(target.stream);
    const folded =
      known ?? (target.unborn && !reload ? this.absent(target) : await this.load(target));
    const repeat = repeated(folded, envelope);
    if (repeat) return repeat;
    const hold = target.heldBy?.(folded.state);
    if (hold) {
      if (known && (await this.grown(target, known))) return undefined;
      throw new Held(hold);
    }
    const context = this.context(envelope);
    let decided: readonly Event[];
    try {
      refuseStale(folded, envelope);
      decided = await decide(folded.state, context, folded.revision);
    } catch (error) {
      if (known && error instanceof Refusal && (await this.grown(target, known))) return undefined;
      throw error;
    }
    if (decided.length === 0) {
      if (known && (await this.grown(target, known))) return undefined;
      const { state, revision, position } = folded;
      return { state, revision, position, repeated: false };
    }
    return this.append(target, folded, context, envelope, decided);
  }

  private async append<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    folded: Folded<State>,
    context: DecisionContext,
    envelope: Envelope,
    decided: readonly Event[],
  ): Promise<Executed<State> | undefined> {
    const { stream } = target;
    const metadata = metadataOf(context, envelope);
    const evolve = (state: State, event: Event) => target.evolve(state, { ...event, metadata });
    const changed = decided.reduce(evolve, folded.state);
    const following = target.followUp?.(folded.state, changed, context) ?? [];
    const events: NewEvent[] = [...decided, ...following].map((event, index) => ({
      id: deriveId(envelope.commandId, `${stream}#${index}`),
      event,
      metadata,
    }));
    const expected = folded.revision < 0 ? 'no_stream' : folded.revision;
    try {
      const appended = await this.options.log.append({
        stream,
        expected,
        events,
        ...(folded.keyId && { keyId: folded.keyId }),
      });
      const state = following.reduce(evolve, changed);
      const { revision, position } = appended;
      const outcome = { revision, position, ...hashOf(envelope) };
      // The queue lets one task at a time at a stream, so its outcomes can be added to in place.
      const outcomes = folded.outcomes.set(envelope.commandId, outcome);
      const keyId = appended.keyId ?? folded.keyId;
      this.cache.set(stream, { state, revision, position, outcomes, ...(keyId && { keyId }) });
      if (expected === 'no_stream') this.options.born?.(state, { revision, position });
      return { state, revision, position, repeated: false };
    } catch (error) {
      this.cache.evict(stream);
      if (error instanceof WrongExpectedRevision) return undefined;
      throw error;
    }
  }

  private async grown<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    known: Folded<State>,
  ): Promise<boolean> {
    return (await this.load(target)).revision !== known.revision;
  }

  private absent<State, Event extends DomainEvent>(target: Target<State, Event>): Folded<State> {
    return { state: target.initial(), revision: -1, position: -1, outcomes: new Map() };
  }

  private fold<State, Event extends DomainEvent>(
    target: Target<State, Event>,
    from: Folded<State>,
    events: readonly (DomainEvent & {
      readonly revision: number;
      readonly position: number;
      readonly metadata: Happened['metadata'] & { readonly commandHash?: string };
    })[],
    keyId: string | undefined,
  ): Folded<State> {
    let { state, revision, position } = from;
    const { outcomes } = from;
    for (const event of events) {
      state = target.evolve(state, event as unknown as Happened<Event>);
      ({ revision, position } = event);
      outcomes.set(event.metadata.commandId, { revision, position, ...hashOf(event.metadata) });
    }
    const key = keyId ?? from.keyId;
    return { state, revision, position, outcomes, ...(key && { keyId: key }) };
  }

  private context(envelope: Envelope): DecisionContext {
    return contextUnder(envelope, this.options.settings.current(), this.options.now());
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
