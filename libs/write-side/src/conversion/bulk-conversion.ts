import { deriveId, Refusal, type Uuid } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { ConversionResult, Conversions, ConvertCommand } from './conversions.js';

/** What became of one lead of a selection. */
export type BulkOutcome =
  | { readonly leadId: Uuid; readonly result: ConversionResult }
  | { readonly leadId: Uuid; readonly error: unknown };

/** Conversions of one selection under way at once. */
const AT_ONCE = 8;

/**
 * Converts a selection, each lead as a command of its own; one that fails does not stop the rest (PRODUCT.md P2). An
 * error that is no refusal is handed out too, for the caller to report as it reports others.
 */
export async function convertAll(
  conversions: Conversions,
  leadIds: readonly Uuid[],
  command: Omit<ConvertCommand, 'basis' | 'stage'>,
  envelope: Envelope,
): Promise<readonly BulkOutcome[]> {
  if (new Set(leadIds).size !== leadIds.length) {
    throw new Refusal('invalid', 'invalid_fields', 'A lead is named twice.', {
      errors: [{ path: 'leadIds', code: 'repeated', message: 'Name each lead once.' }],
    });
  }
  const { ifRevision: _revisionOfOne, ...shared } = envelope;
  const outcomes = new Map<Uuid, BulkOutcome>();
  const waiting = [...leadIds];
  const work = async () => {
    for (let leadId = waiting.shift(); leadId !== undefined; leadId = waiting.shift()) {
      const own = { ...shared, commandId: deriveId(envelope.commandId, leadId) };
      try {
        outcomes.set(leadId, { leadId, result: await conversions.convert(leadId, command, own) });
      } catch (error) {
        outcomes.set(leadId, { leadId, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, leadIds.length) }, work));
  return leadIds.flatMap((leadId) => outcomes.get(leadId) ?? []);
}
