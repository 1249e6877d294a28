import type { Document, Page } from '#read-store';

export interface PageWalk<Doc extends Document, Item> {
  /** A page of the list, from a cursor on. */
  readonly next: (limit: number, cursor: string | undefined) => Promise<Page<Doc>>;
  /** Each entry as it is wanted, or undefined for one that is not. */
  readonly choose: (
    documents: readonly Doc[],
  ) => readonly (Item | undefined)[] | Promise<readonly (Item | undefined)[]>;
  /** Most items. */
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Entries that are read at once. */
  readonly chunk: number;
  /** Entries after which the walk ends, however few were wanted. */
  readonly budget: number;
}

export interface Walked<Item> {
  readonly items: readonly Item[];
  /** Set when there may be more. */
  readonly next?: string;
}

/** Walks along a list until a page of what is wanted is full or the budget is spent: a short page with a `next` is not the end. */
export async function walkPages<Doc extends Document, Item>(
  walk: PageWalk<Doc, Item>,
): Promise<Walked<Item>> {
  const { limit, chunk, budget } = walk;
  const items: Item[] = [];
  let { cursor } = walk;
  for (let looked = 0; looked < budget; looked += chunk) {
    const page = await walk.next(chunk, cursor);
    const chosen = await walk.choose(page.documents);
    for (const [index, item] of chosen.entries()) {
      if (item === undefined) continue;
      items.push(item);
      if (items.length < limit) continue;
      const isLast = index === chosen.length - 1;
      // The next page begins behind the last item, wherever the chunk ends.
      const next = isLast ? page.next : (await walk.next(index + 1, cursor)).next;
      return { items, ...(next !== undefined && { next }) };
    }
    if (page.next === undefined) return { items };
    cursor = page.next;
  }
  return { items, ...(cursor !== undefined && { next: cursor }) };
}
