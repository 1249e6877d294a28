import type { CollectionDefinition, Document, ReadStore, Write } from '../read-store.port.js';

let made = 0;
/** More documents than any test writes. */
const MOST = 10_000;

/** A collection that no other test has seen, whatever the store was used for before. */
export function freshCollection(
  indexes: CollectionDefinition['indexes'] = [],
): CollectionDefinition {
  made += 1;
  return { name: `contract_${process.pid}_${made}`, version: 1, indexes };
}

export function put(
  collection: CollectionDefinition,
  document: Document,
  position: number,
): Extract<Write, { kind: 'put' }> {
  return { kind: 'put', collection, document, position };
}

export function remove(collection: CollectionDefinition, id: string, position: number): Write {
  return { kind: 'remove', collection, id, position };
}

export async function write(store: ReadStore, ...writes: readonly Write[]): Promise<void> {
  await store.write({ writes, checkpoints: {} });
}

/** All pages, one after the other. */
export async function allPages(
  store: ReadStore,
  collection: CollectionDefinition,
  find: Parameters<ReadStore['find']>[1],
): Promise<readonly Document[]> {
  const documents: Document[] = [];
  let cursor = find.cursor;
  do {
    if (documents.length > MOST) throw new Error('The pages do not come to an end.');
    const page = await store.find(collection, { ...find, ...(cursor && { cursor }) });
    documents.push(...page.documents);
    cursor = page.next;
  } while (cursor !== undefined);
  return documents;
}

export async function idsOf(
  store: ReadStore,
  collection: CollectionDefinition,
  filter: Parameters<ReadStore['find']>[1]['filter'],
): Promise<readonly string[]> {
  const page = await store.find(collection, { filter, sort: [], limit: 1_000 });
  return page.documents.map(({ id }) => id);
}
