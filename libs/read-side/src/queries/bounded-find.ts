import { type Filter, type JsonObject, matches } from '#crm';
import type { CollectionDefinition, Document, Find, Page, ReadStore } from '#read-store';
import { InvalidQuery } from './query-context.js';

/** Documents that one query may look at. A few tens of milliseconds. */
export const SCAN_BUDGET = 20_000;
const CHUNK = 1_000;

/**
 * Finds like the store, but never looks at a whole collection for one page, however large it is:
 * - conditions on indexed fields, or a sort along an index without any other condition: the store finds the page by the index
 * - other conditions beside indexed ones that leave no more than `SCAN_BUDGET` documents: the store filters those
 * - otherwise the list is walked along the index of the sort, `SCAN_BUDGET` documents per call: the page may be short, or
 *   empty, and still have a `next`
 * - a sort that no index serves, of more than `SCAN_BUDGET` documents, is refused
 * @throws InvalidQuery `sort` as said above
 */
export async function boundedFind<Doc extends Document>(
  readStore: ReadStore,
  collection: CollectionDefinition,
  find: Find,
  budget = SCAN_BUDGET,
): Promise<Page<Doc>> {
  const parts = conjuncts(find.filter);
  const indexed = parts.filter((part) => isIndexed(collection, part));
  const rest = parts.filter((part) => !isIndexed(collection, part) && !isCheap(part));
  const alongIndex = servesSort(collection, find);
  if (rest.length === 0 && alongIndex) return readStore.find<Doc>(collection, find);
  const base = allOf(indexed);
  const few = (await readStore.count(collection, base, budget + 1)) <= budget;
  if (few) return readStore.find<Doc>(collection, find);
  if (!alongIndex) {
    throw new InvalidQuery('sort', 'too many records match to sort them so; narrow the filter');
  }
  const walked = allOf(parts.filter((part) => !rest.includes(part)));
  return walk<Doc>(readStore, collection, { ...find, filter: walked }, allOf(rest), budget);
}

/** Walks along the sort, filtering in memory, until the page is full or the budget is spent. */
export async function walk<Doc extends Document>(
  readStore: ReadStore,
  collection: CollectionDefinition,
  find: Find,
  rest: Filter,
  budget: number,
): Promise<Page<Doc>> {
  const found: Doc[] = [];
  let { cursor } = find;
  const chunk = Math.min(CHUNK, budget);
  for (let looked = 0; looked < budget; looked += chunk) {
    const at = { ...find, ...(cursor !== undefined && { cursor }) };
    const page = await readStore.find<Doc>(collection, { ...at, limit: chunk });
    for (const [index, document] of page.documents.entries()) {
      if (!matches(rest, document)) continue;
      found.push(document);
      if (found.length < find.limit) continue;
      const here = await readStore.find<Doc>(collection, { ...at, limit: index + 1 });
      return { documents: found, ...(here.next !== undefined && { next: here.next }) };
    }
    if (page.next === undefined) return { documents: found };
    cursor = page.next;
  }
  return { documents: found, ...(cursor !== undefined && { next: cursor }) };
}

function conjuncts(filter: Filter): readonly Filter[] {
  return Object.entries(filter).flatMap(([key, value]) =>
    key === '$and' && Array.isArray(value)
      ? value.flatMap((part) => conjuncts(part as Filter))
      : [{ [key]: value }],
  );
}

function allOf(parts: readonly Filter[]): Filter {
  const [only, ...others] = parts;
  if (!only) return {};
  return others.length === 0 ? only : { $and: parts };
}

/** The store can go by an index to the documents that meet the condition. */
function isIndexed(collection: CollectionDefinition, part: Filter): boolean {
  return Object.entries(part).every(([key, condition]) => {
    if (key === '$or' && Array.isArray(condition)) {
      return condition.every((branch) =>
        conjuncts(branch as Filter).some((each) => isIndexed(collection, each)),
      );
    }
    return key === 'id'
      ? isDirect(condition)
      : collection.indexes.some(({ fields }) => fields[0] === key) && isDirect(condition);
  });
}

const DIRECT = new Set(['$eq', '$in', '$all', '$gt', '$gte', '$lt', '$lte']);

function isDirect(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return true;
  if (Array.isArray(condition)) return false;
  const { $regex, $options, ...others } = condition as JsonObject;
  const isPrefix = $options === undefined && String($regex).startsWith('^');
  return isPrefix || Object.keys(others).some((operator) => DIRECT.has(operator));
}

/** Hiding what is deleted leaves almost everything: no reason to walk. */
function isCheap(part: Filter): boolean {
  return Object.keys(part).every((key) => key === 'status');
}

/** The sort is that of an index, alone or behind a condition of equality on the index's first field. */
function servesSort(collection: CollectionDefinition, { sort, filter }: Find): boolean {
  const [first, ...others] = sort;
  if (!first || first.field === 'id') return true;
  if (others.some(({ field }) => field !== 'id')) return false;
  return collection.indexes.some(({ fields, multi }) => {
    if (multi) return false;
    const place = fields.indexOf(first.field);
    if (place < 0) return false;
    const named = conjuncts(filter).flatMap((part) => Object.keys(part));
    return fields.slice(0, place).every((field) => named.includes(field));
  });
}
