import type { Document } from '#read-store';
import { type Access, limitOf, type Paging } from '../queries/query-context.js';
import { type PageWalk, type Walked, walkPages } from '../queries/walk-pages.js';

/** Entries that one query looks at for a caller who may not see all: a few tens of milliseconds. */
export const LOOKED_AT = 2_000;
const CHUNK = 200;

export interface Walk<Doc extends Document, Shown> extends Paging {
  readonly access: Access;
  readonly next: PageWalk<Doc, Shown>['next'];
  /** Each entry as this caller is shown it, or undefined for one that they may not see. */
  readonly show: (documents: readonly Doc[]) => Promise<readonly (Shown | undefined)[]>;
}

/**
 * A page of what the caller may see of a list. Who may not see everything is shown what is found among the next 2,000 entries: a short
 * page with a `next` is not the end.
 */
export async function walkVisible<Doc extends Document, Shown>(
  walk: Walk<Doc, Shown>,
): Promise<Walked<Shown>> {
  const { access, next, show, cursor } = walk;
  const limit = limitOf(walk);
  if (access === 'none') return { items: [] };
  const chunk = access === 'all' ? limit : CHUNK;
  return walkPages({ next, choose: show, limit, cursor, chunk, budget: LOOKED_AT });
}
