import { type MergeRequested, mergeRequestStream, type RecordRef } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';

/**
 * Sees to it that a caller's key is for one merge only. Nothing is written where the caller gave none.
 * @throws Refusal `idempotency_key_reused` (422) when another merge was asked for under it
 */
export async function claimKey(
  executor: Executor,
  records: readonly RecordRef[],
  { ifRevision: _ofSurvivor, ...envelope }: Envelope,
): Promise<void> {
  if (envelope.fresh) return;
  const target = {
    stream: mergeRequestStream(envelope.commandId),
    initial: () => false,
    evolve: () => true,
  };
  await executor.execute(target, envelope, (isClaimed): readonly MergeRequested[] =>
    isClaimed ? [] : [{ type: 'MergeRequested', data: { records } }],
  );
}
