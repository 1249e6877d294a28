import { randomUUID } from 'node:crypto';
import type { CaptureStaged, RecordState } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import type { RecordCommands } from '../records/record-commands.handler.js';
import { recordTarget } from '../records/record-target.js';

/**
 * Brings a record to what a row says: fields, tags that it lacks, owner and team. What the row leaves empty stays. Doing it
 * again changes nothing, so the commands need no identity of their own. True when anything changed.
 */
export async function updateRecord(
  { type, id }: RecordState,
  { fields, custom, tags, ownerId, teamId }: CaptureStaged,
  envelope: Envelope,
  { executor, records }: { readonly executor: Executor; readonly records: RecordCommands },
): Promise<boolean> {
  const { commandHash: _ofCapture, occurredAt: _ofCaptureToo, ...shared } = envelope;
  const fresh = () => ({ ...shared, commandId: randomUUID(), fresh: true });
  const { revision } = await executor.load(recordTarget(type, id), { cached: true });
  await records.handle(type, id, { kind: 'edit', fields, custom }, fresh());
  if (tags.length > 0)
    await records.handle(type, id, { kind: 'tag', add: tags, remove: [] }, fresh());
  if (ownerId !== undefined || teamId !== undefined) {
    await records.handle(type, id, { kind: 'assign', ownerId, teamId }, fresh());
  }
  const after = await executor.load(recordTarget(type, id), { cached: true });
  return after.revision !== revision;
}
