import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import { duplicateIdsIn } from '#mongodb';
import type { Write } from '../read-store.port.js';
import { type StoredDocument, toStored } from './stored-document.js';

/** What a write leaves behind: the document, or the memory of its removal. */
function outcomeOf(write: Write): StoredDocument {
  if (write.kind === 'put') return toStored(write.document, write.position);
  return { _id: write.id, _position: write.position, _removed: true };
}

/**
 * Of several writes of one document the one with the greatest position: the others would have been skipped or replaced. A bulk write
 * without an order must hold each document once.
 */
function lastOutcomes(writes: readonly Write[]): Iterable<StoredDocument> {
  const outcomes = new Map<string, StoredDocument>();
  for (const write of writes) {
    const outcome = outcomeOf(write);
    const before = outcomes.get(outcome._id);
    if (!before || before._position < outcome._position) outcomes.set(outcome._id, outcome);
  }
  return outcomes.values();
}

/**
 * Writes documents of one collection in one bulk write, each only over an earlier position. An upsert whose guard does not hold
 * fails by the `_id` that is there. That may have been put there at the same moment and from an earlier position, so what failed is
 * asked for once more, as a replacement alone.
 */
export async function writeGuarded(
  collection: Collection<StoredDocument>,
  writes: readonly Write[],
): Promise<void> {
  const operations = [...lastOutcomes(writes)].map((stored) => replacement(stored, true));
  if (operations.length === 0) return;
  try {
    await collection.bulkWrite(operations, { ordered: false });
  } catch (error) {
    const failed = duplicateIdsIn(error);
    if (!failed) throw error;
    const again = failed.flatMap((place) => operations[place] ?? []);
    await collection.bulkWrite(again.map(withoutUpsert), { ordered: false });
  }
}

type Replacement = Extract<AnyBulkWriteOperation<StoredDocument>, { replaceOne: unknown }>;

function replacement({ _id, ...members }: StoredDocument, upsert: boolean): Replacement {
  const filter = { _id, _position: { $lt: members._position } };
  return { replaceOne: { filter, replacement: members as StoredDocument, upsert } };
}

function withoutUpsert({ replaceOne }: Replacement): Replacement {
  return { replaceOne: { ...replaceOne, upsert: false } };
}
