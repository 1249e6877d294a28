import type { Decider, DecisionContext } from '../src/kernel/decider.js';
import type { DomainEvent, Happened } from '../src/kernel/event.js';
import { deriveId } from '../src/kernel/ids.js';
import type { OverdueEntry, OverduePolicy } from '../src/settings/overdue/overdue-policy.js';
import type { Settings } from '../src/settings/settings.js';
import { ACTOR, ID, minutes } from './given.js';
import { BOTH } from './opportunities.js';

export const AN = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
export const BINH = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';
export const TEAM = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';

/** An entry that allows so many minutes. */
export function entry(id: string, allowedMinutes: number, part: Partial<OverdueEntry> = {}) {
  return { id, allowedMinutes, ...part };
}

export function policy(entries: readonly OverdueEntry[], part: Partial<OverduePolicy> = {}) {
  const overduePolicy = { entries, activities: { remind: false, graceMinutes: 0 }, ...part };
  return { ...BOTH.settings, overduePolicy };
}

/** Something that happens as it is recorded: what a command decides, or events that no command of its own decides, and what follows. */
export class Life<State, Command, Event extends DomainEvent> {
  state: State;
  /** What was recorded last. */
  events: readonly Event[] = [];
  private steps = 0;

  constructor(
    private readonly decider: Decider<State, Command, Event>,
    public settings: Settings,
  ) {
    this.state = decider.initial(ID);
  }

  /** @param minute since `START` */
  on(minute: number, command: Command): this {
    const context = this.contextAt(minute);
    return this.record(this.decider.decide(this.state, command, context), context);
  }

  happens(minute: number, ...events: readonly Event[]): this {
    return this.record(events, this.contextAt(minute));
  }

  /** Events whose type ends so, with their data. */
  told(verb: string): readonly Event['data'][] {
    return this.events.filter(({ type }) => type.endsWith(verb)).map(({ data }) => data);
  }

  private contextAt(minute: number): DecisionContext {
    this.steps += 1;
    const now = minutes(minute);
    const commandId = deriveId(ID, `step ${this.steps}`);
    return { now, occurredAt: now, actor: ACTOR, commandId, settings: this.settings };
  }

  private record(events: readonly Event[], context: DecisionContext): this {
    const before = this.state;
    const { now, actor, commandId } = context;
    const metadata = { actor, occurredAt: now, recordedAt: now, commandId, correlationId: ID };
    const evolve = (state: State, event: Event) =>
      this.decider.evolve(state, { ...event, metadata } as Happened<Event>);
    const after = events.reduce(evolve, before);
    const following = this.decider.followUp?.(before, after, context) ?? [];
    this.state = following.reduce(evolve, after);
    this.events = [...events, ...following];
    return this;
  }
}
