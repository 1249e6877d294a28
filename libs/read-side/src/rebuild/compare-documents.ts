import type { CollectionDefinition, Document, ReadStore } from '#read-store';
import { sameDocument } from './same-document.js';

/** A document that is not what the log says. */
export interface Difference {
  readonly collection: string;
  readonly id: string;
  readonly kind: 'missing' | 'unexpected' | 'different';
}

const PAGE = 500;
/** Differences that are kept. */
const MOST = 1_000;

/**
 * Walks a collection in both stores by id, and notes where what is stored is not what should be.
 * @returns how many documents there should be
 */
export async function compareDocuments(
  collection: CollectionDefinition,
  stored: ReadStore,
  fresh: ReadStore,
  differences: Difference[],
): Promise<number> {
  const { name } = collection;
  const left = walk(stored, collection);
  const right = walk(fresh, collection);
  let count = 0;
  let [one, other] = [await left.next(), await right.next()];
  while (!one.done || !other.done) {
    const mine = one.done ? undefined : one.value;
    const theirs = other.done ? undefined : other.value;
    const order = compareIds(mine?.id, theirs?.id);
    const id = order <= 0 ? mine?.id : theirs?.id;
    const kind = order < 0 ? 'unexpected' : order > 0 ? 'missing' : 'different';
    const same = order === 0 && mine && theirs && sameDocument(mine, theirs);
    if (!same && id !== undefined && differences.length < MOST) {
      differences.push({ collection: name, id, kind });
    }
    if (order >= 0) count += 1;
    if (order <= 0) one = await left.next();
    if (order >= 0) other = await right.next();
  }
  return count;
}

function compareIds(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

async function* walk(
  readStore: ReadStore,
  collection: CollectionDefinition,
): AsyncGenerator<Document, void> {
  let cursor: string | undefined;
  do {
    const at = cursor === undefined ? {} : { cursor };
    const page = await readStore.find(collection, { filter: {}, sort: [], limit: PAGE, ...at });
    yield* page.documents;
    cursor = page.next;
  } while (cursor !== undefined);
}
