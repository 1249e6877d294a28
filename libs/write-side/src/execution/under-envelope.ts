import { type DecisionContext, type Instant, Refusal, type Settings } from '#crm';
import type { NewEvent } from '#event-store';
import type { Envelope } from './envelope.js';
import type { Executed } from './executed.js';
import type { Folded, Outcome } from './stream-cache.js';

/**
 * The first outcome of a command that the stream knows already.
 * @throws Refusal `idempotency_key_reused` when the same identity came with another content
 */
export function repeated<State>(
  folded: Folded<State>,
  envelope: Envelope,
): Executed<State> | undefined {
  const outcome: Outcome | undefined = folded.outcomes.get(envelope.commandId);
  if (!outcome) return undefined;
  if (outcome.commandHash !== envelope.commandHash) {
    throw new Refusal(
      'rule',
      'idempotency_key_reused',
      'The Idempotency-Key was used for another command.',
      { errors: [{ path: 'Idempotency-Key', code: 'reused', message: 'Use a new key.' }] },
    );
  }
  return { state: folded.state, ...outcome, repeated: true };
}

/** @throws Refusal `revision_mismatch` when the caller saw another revision */
export function refuseStale(
  folded: Pick<Folded<unknown>, 'revision'>,
  { ifRevision }: Envelope,
): void {
  if (ifRevision === undefined || folded.revision < 0 || ifRevision === folded.revision) return;
  throw new Refusal(
    'precondition',
    'revision_mismatch',
    'The record has changed since it was read.',
    {
      facts: { revision: folded.revision },
    },
  );
}

/** @throws Refusal `stale_preview` (409) when the caller saw a plan that would be another by now */
export function refuseStalePreview(seen: string | undefined, current: string): void {
  if (seen === undefined || seen === current) return;
  throw new Refusal('conflict', 'stale_preview', 'Something changed since the preview.', {
    facts: { basis: current },
  });
}

/** What a decision or a plan may know beside the state. */
export function contextUnder(
  { authority, commandId, occurredAt }: Envelope,
  settings: Settings,
  now: Instant,
): DecisionContext {
  return { now, occurredAt: occurredAt ?? now, actor: authority.actor, commandId, settings };
}

/** What every event of the command is recorded under. */
export function metadataOf(context: DecisionContext, envelope: Envelope): NewEvent['metadata'] {
  return {
    actor: context.actor,
    commandId: envelope.commandId,
    correlationId: envelope.correlationId,
    causationId: envelope.causationId ?? envelope.commandId,
    recordedAt: context.now,
    occurredAt: context.occurredAt,
    settingsRevision: context.settings.revision,
    ...hashOf(envelope),
  };
}

/** The fingerprint, where there is one. */
export function hashOf({ commandHash }: { readonly commandHash?: string }) {
  return commandHash === undefined ? {} : { commandHash };
}
