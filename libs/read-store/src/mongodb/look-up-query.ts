import type { Collection } from 'mongodb';
import { elementsOf } from '#crm';
import type { CollectionDefinition, Document, LookUp } from '../read-store.port.js';
import { documentOf, NOT_REMOVED, type StoredDocument, storedPath } from './stored-document.js';

/** Elements of one query. */
const CHUNK = 500;

/**
 * Looks elements up by one query for some hundreds of them, bounded by what could be wanted. An element that very many documents hold may fill the answer: it
 * has its documents then, and the others are asked for again without it.
 */
export async function lookUpIn<Doc extends Document>(
  stored: Collection<StoredDocument>,
  { indexes }: CollectionDefinition,
  { field, elements, most }: LookUp,
): Promise<ReadonlyMap<string, Doc>> {
  if (!indexes.some(({ multi, fields }) => multi && fields.includes(field))) {
    throw new RangeError(`The field ${field} has no index of its elements.`);
  }
  const found = new Map<string, Doc>();
  const path = field.split('.');
  const query = (asked: readonly string[], limit: number) =>
    stored
      .find({ [storedPath(field)]: { $in: asked }, ...NOT_REMOVED })
      .limit(limit)
      .batchSize(limit)
      .toArray();
  const lookUpSome = async (some: readonly string[]) => {
    let wanted = new Map(some.map((element) => [element, most]));
    while (wanted.size > 0) {
      // With more documents than this, one element at least has as many as it may.
      const limit = wanted.size * most + 1;
      const answers = await query([...wanted.keys()], limit);
      for (const answer of answers) {
        const document = documentOf<Doc>(answer);
        if (take(wanted, elementsOf(document, path))) found.set(document.id, document);
      }
      if (answers.length < limit) break;
      wanted = new Map(
        [...wanted].flatMap(([element, left]) => (left > 0 ? [[element, most]] : [])),
      );
    }
  };
  await Promise.all(chunksOf(elements).map(lookUpSome));
  return found;
}

function chunksOf(elements: readonly string[]): readonly (readonly string[])[] {
  const chunks: (readonly string[])[] = [];
  for (let start = 0; start < elements.length; start += CHUNK) {
    chunks.push(elements.slice(start, start + CHUNK));
  }
  return chunks;
}

/** Whether one of a document's elements still wants documents; each of them has one more then. */
function take(wanted: Map<string, number>, elements: readonly unknown[]): boolean {
  const held = elements.filter((element) => typeof element === 'string' && wanted.has(element));
  if (!held.some((element) => (wanted.get(element as string) ?? 0) > 0)) return false;
  for (const element of held as string[]) wanted.set(element, (wanted.get(element) ?? 0) - 1);
  return true;
}
