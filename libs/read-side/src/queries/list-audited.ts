import type { Filter } from '#crm';
import type { Document, Page } from '#read-store';
import { newestFirst } from './around-record.js';
import { boundedFind } from './bounded-find.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

/** Whose doing is asked for, and of when. */
export interface ListAudited extends Paging {
  readonly by?: string;
  /** Bounds of `at`: from inclusive, until exclusive. */
  readonly from?: string;
  readonly until?: string;
}

/** What people did, newest first, of a read model that knows `by` and `at`. */
export function listAudited<Doc extends Document>(
  { readStore, models }: QueryContext,
  model: string,
  { by, from, until, ...paging }: ListAudited,
  wanted: Filter,
): Promise<Page<Doc>> {
  const bounds = {
    ...(from !== undefined && { $gte: from }),
    ...(until !== undefined && { $lt: until }),
  };
  const filter: Filter = {
    ...wanted,
    ...(by !== undefined && { by }),
    ...(Object.keys(bounds).length > 0 && { at: bounds }),
  };
  const { cursor } = paging;
  return boundedFind<Doc>(readStore, models.live(model), {
    filter,
    sort: newestFirst('at'),
    limit: limitOf(paging),
    ...(cursor !== undefined && { cursor }),
  });
}
