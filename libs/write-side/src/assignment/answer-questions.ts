import {
  evolveRotation,
  type Instant,
  Refusal,
  type Roster,
  type RotationEvent,
  type RotationState,
  rotationStream,
  type TeamRule,
  type Turn,
  type Uuid,
} from '#crm';
import { type EventLog, type NewEvent, WrongExpectedRevision } from '#event-store';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { memberLoads } from './member-loads.js';
import type { OwnedOpportunities } from './owned-opportunities.port.js';
import { catchUp, type RotationLog, readRotation, takeIn } from './rotation-log.js';
import { type Cause, newTurnEvent } from './turn-event.js';

export interface RotationOptions {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly roster: Roster;
  readonly owned: OwnedOpportunities;
  readonly now: () => Instant;
}

/** A rotation while a group of questions is decided on it, each on what those before it left. */
export interface Standing {
  /** As the store has it. */
  readonly known: RotationLog;
  readonly loads: Map<Uuid, number> | undefined;
  rotation(): RotationState;
  /** The turn of an opportunity that has one. */
  turnOf(opportunityId: Uuid): Turn | undefined;
  add(event: RotationEvent, cause: Cause): void;
}

/** What is asked of a rotation. */
export interface Question<Answer> {
  /** Set for a turn to be taken. */
  readonly rule?: TeamRule;
  /** The opportunity whose turn it is about. */
  readonly opportunityId?: Uuid;
  decide(standing: Standing): Answer;
}

/** What a process keeps of a rotation in memory. */
export interface KnownRotation {
  known?: RotationLog | undefined;
  /** Opportunities of open turns that the read model has shown. */
  readonly seen: Set<Uuid>;
}

const ATTEMPTS = 50;

/**
 * Answers questions about a rotation, one after the other, once all that they decided is in the store in one append.
 * @throws Refusal `busy`; whatever the store throws
 */
export async function answerAll(
  ruleId: string,
  line: KnownRotation,
  questions: readonly Question<unknown>[],
  options: RotationOptions,
): Promise<readonly unknown[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await current(ruleId, line, questions, attempt > 0, options.log);
    const { answers, events } = await decideAll(known, line.seen, questions, options);
    if (events.length === 0 || (await append(known, events, options.log))) return answers;
    await pause(Math.min(50, 2 ** attempt) * Math.random());
  }
  throw new Refusal('conflict', 'busy', 'Too many others take turns by this rule; try again.');
}

/** What is decided on a rotation from memory is confirmed by its append; what may need none is asked of the store. */
async function current(
  ruleId: string,
  line: KnownRotation,
  questions: readonly Question<unknown>[],
  outdated: boolean,
  log: EventLog,
): Promise<RotationLog> {
  const { known } = line;
  if (!known) {
    line.known = await readRotation(log, ruleId);
    return line.known;
  }
  const takes = questions.every(
    ({ rule, opportunityId = '' }) => rule && !known.open.has(opportunityId),
  );
  if (outdated || !takes) await catchUp(log, known);
  return known;
}

async function decideAll(
  known: RotationLog,
  seen: Set<Uuid>,
  questions: readonly Question<unknown>[],
  { roster, owned, settings, now }: RotationOptions,
) {
  const rules = questions.flatMap(({ rule }) => rule ?? []);
  const loads = await memberLoads(rules, known, seen, roster, owned);
  const events: NewEvent[] = [];
  const turns = new Map<Uuid, Turn | undefined>();
  let { rotation } = known;
  const standing: Standing = {
    ...{ known, loads },
    rotation: () => rotation,
    turnOf: (id) => (turns.has(id) ? turns.get(id) : known.open.get(id)),
    add(event, cause) {
      rotation = evolveRotation(rotation, event);
      if (event.type === 'RotationTurnTaken') turns.set(event.data.opportunityId, event.data);
      if (event.type === 'RotationTurnReturned') turns.set(event.data.opportunityId, undefined);
      events.push(newTurnEvent(event, cause, now(), settings.current().revision));
    },
  };
  return { answers: questions.map((question) => question.decide(standing)), events };
}

/** False when another process was faster. */
async function append(
  known: RotationLog,
  events: readonly NewEvent[],
  log: EventLog,
): Promise<boolean> {
  const expected = known.revision < 0 ? 'no_stream' : known.revision;
  try {
    await log.append({ stream: rotationStream(known.ruleId), expected, events });
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return false;
    throw error;
  }
  for (const { event } of events) takeIn(known, { ...event, revision: known.revision + 1 });
  return true;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
