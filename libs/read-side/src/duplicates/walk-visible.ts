import type { Document, Page } from '#read-store';
import { type Access, limitOf, type Paging } from '../queries/query-context.js';

/** Entries that one query looks at for a caller who may not see all: a few tens of milliseconds. */
export const LOOKED_AT = 2_000;
const CHUNK = 200;

export interface Walk<Doc extends Document, Shown> extends Paging {
  readonly access: Access;
  /** A page of what there is, from a cursor on. */
  readonly next: (limit: number, cursor: string | undefined) => Promise<Page<Doc>>;
  /** Each entry as this caller is shown it, or undefined for one that they may not see. */
  readonly show: (documents: readonly Doc[]) => Promise<readonly (Shown | undefined)[]>;
}

export interface Walked<Shown> {
  readonly items: readonly Shown[];
  /** Set when there may be more. */
  readonly next?: string;
}

/**
 * A page of what the caller may see of a list. Who may not see everything is shown what is found among the next 2,000 entries: a short
 * page with a `next` is not the end.
 */
export async function walkVisible<Doc extends Document, Shown>(
  walk: Walk<Doc, Shown>,
): Promise<Walked<Shown>> {
  const limit = limitOf(walk);
  if (walk.access === 'none') return { items: [] };
  const chunk = walk.access === 'all' ? limit : CHUNK;
  const items: Shown[] = [];
  let { cursor } = walk;
  for (let looked = 0; looked < LOOKED_AT; looked += chunk) {
    const page = await walk.next(chunk, cursor);
    const shown = await walk.show(page.documents);
    for (const [index, item] of shown.entries()) {
      if (item === undefined) continue;
      items.push(item);
      if (items.length < limit) continue;
      const last = index === shown.length - 1;
      const next = last ? page.next : (await walk.next(index + 1, cursor)).next;
      return { items, ...(next !== undefined && { next }) };
    }
    if (page.next === undefined) return { items };
    cursor = page.next;
  }
  return { items, ...(cursor !== undefined && { next: cursor }) };
}
