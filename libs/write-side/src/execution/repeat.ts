import { type DomainEvent, Refusal } from '#crm';
import type { Envelope } from './envelope.js';
import type { Executed } from './executed.js';
import type { Executor, Target } from './executor.js';

/**
 * What a command did that the stream knows already, without planning it again; undefined when the stream does not know it.
 * @throws Refusal `idempotency_key_reused` (422) of another command under the same key
 */
export async function repeatOf<State, Event extends DomainEvent>(
  executor: Executor,
  target: Target<State, Event>,
  envelope: Envelope,
): Promise<Executed<State> | undefined> {
  if (envelope.fresh) return undefined;
  const { outcomes } = await executor.load(target);
  if (!outcomes.has(envelope.commandId)) return undefined;
  return executor.execute(target, envelope, (): readonly Event[] => []);
}

/**
 * Attempts what the stream does not know yet. A refusal may be for what the same command did through another call just now: then it is
 * done. False when it has to be planned again.
 */
export async function repeatedOr<State, Event extends DomainEvent>(
  executor: Executor,
  target: Target<State, Event>,
  envelope: Envelope,
  attempt: () => Promise<boolean>,
): Promise<boolean> {
  if (await repeatOf(executor, target, envelope)) return true;
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof Refusal && (await repeatOf(executor, target, envelope))) return true;
    throw error;
  }
}
