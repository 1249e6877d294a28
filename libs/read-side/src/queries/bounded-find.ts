import { setImmediate } from 'node:timers/promises';
import { type Filter, type JsonObject, matches } from '#crm';
import type { CollectionDefinition, Document, Find, Page, ReadStore } from '#read-store';
import { InvalidQuery } from './query-context.js';
import { walkPages } from './walk-pages.js';

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
  const { parts, indexed, rest } = partsOf(collection, find.filter);
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

/** What of a filter an index finds, and what is left to look at documents for. */
function partsOf(collection: CollectionDefinition, filter: Filter) {
  const parts = conjuncts(filter);
  const found = foundByIndex(collection, parts);
  return {
    parts,
    indexed: parts.filter((part) => found(part)),
    rest: parts.filter((part) => !found(part) && !isCheap(part)),
  };
}

/**
 * All documents that match, along the sort, of the first `budget` that the filter's indexed conditions leave.
 * @returns `complete`: there are no more to look at
 */
export async function lookThrough<Doc extends Document>(
  readStore: ReadStore,
  collection: CollectionDefinition,
  { filter, sort }: Pick<Find, 'filter' | 'sort'>,
  budget: number,
  each: (document: Doc) => void,
): Promise<{ readonly complete: boolean }> {
  const { parts, rest } = partsOf(collection, filter);
  const walked = allOf(parts.filter((part) => !rest.includes(part)));
  const left = allOf(rest);
  let cursor: string | undefined;
  for (let looked = 0; looked < budget; looked += CHUNK) {
    const limit = Math.min(CHUNK, budget - looked);
    const at = cursor === undefined ? {} : { cursor };
    const page = await readStore.find<Doc>(collection, { filter: walked, sort, limit, ...at });
    for (const document of page.documents) if (matches(left, document)) each(document);
    if (page.next === undefined) return { complete: true };
    cursor = page.next;
    // An embedded store answers without ever waiting: let others have their turn.
    await setImmediate();
  }
  return { complete: false };
}

/** Walks along the sort, filtering in memory, until the page is full or the budget is spent. */
export async function walk<Doc extends Document>(
  readStore: ReadStore,
  collection: CollectionDefinition,
  find: Find,
  rest: Filter,
  budget: number,
): Promise<Page<Doc>> {
  const { items, next } = await walkPages<Doc, Doc>({
    next: (limit, cursor) =>
      readStore.find<Doc>(collection, { ...find, limit, ...(cursor !== undefined && { cursor }) }),
    choose: (documents) =>
      documents.map((document) => (matches(rest, document) ? document : undefined)),
    ...{ limit: find.limit, cursor: find.cursor, chunk: Math.min(CHUNK, budget), budget },
  });
  return { documents: items, ...(next !== undefined && { next }) };
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

/** Tells of conditions that must all hold which ones the store can go by, through an index, to the documents that meet them. */
function foundByIndex(
  collection: CollectionDefinition,
  parts: readonly Filter[],
): (part: Filter) => boolean {
  const direct = new Set(parts.flatMap(directFields));
  const reached = new Set(['id']);
  for (const { fields } of collection.indexes) {
    const ends = fields.findIndex((field) => !direct.has(field));
    for (const field of ends < 0 ? fields : fields.slice(0, ends)) reached.add(field);
  }
  return (part) =>
    Object.entries(part).every(([key, condition]) => {
      if (key !== '$or' || !Array.isArray(condition))
        return reached.has(key) && isDirect(condition);
      return condition.every((branch) => {
        const own = conjuncts(branch as Filter);
        return own.some(foundByIndex(collection, own));
      });
    });
}

function directFields(part: Filter): readonly string[] {
  return Object.entries(part).flatMap(([key, condition]) => (isDirect(condition) ? [key] : []));
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
