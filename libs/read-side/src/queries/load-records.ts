import { PLURALS, RECORD_TYPES, type RecordRef } from '#crm';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';
import type { QueryContext } from './query-context.js';

/** Records whoever may see them, in the order asked for: one batch for each record type. Those that are not there are left out. */
export async function loadRecords(
  { readStore, models }: QueryContext,
  refs: readonly RecordRef[],
): Promise<readonly RecordDocument[]> {
  const found = new Map<string, RecordDocument>();
  await Promise.all(
    RECORD_TYPES.map(async (type) => {
      const ids = [...new Set(refs.filter((ref) => ref.type === type).map(({ id }) => id))];
      if (ids.length === 0) return;
      const stored = await readStore.load(models.live(PLURALS[type]), ids);
      for (const [id, { document }] of stored) {
        found.set(recordKey({ type, id }), document as RecordDocument);
      }
    }),
  );
  return [...new Set(refs.map(recordKey))].flatMap((key) => found.get(key) ?? []);
}
