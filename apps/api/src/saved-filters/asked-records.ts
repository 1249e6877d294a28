import type { FastifyRequest } from 'fastify';
import { type Filter, type RecordType, Refusal, refuseInvalid } from '#crm';
import type { ShownSavedFilter } from '#read-side';
import type { SortKey } from '#read-store';
import type { Leadledger } from '../composition/leadledger.js';
import { filterFrom, type ListQuery, sortFrom } from '../reading/list-query.js';
import { visibleSavedFilter } from './visible-saved-filter.js';

/** What a list or a board is asked for. */
export interface AskedFor {
  readonly filter?: Filter;
  readonly q?: string;
  readonly sort?: readonly SortKey[];
}

type Asking = Pick<ListQuery, 'filter' | 'q' | 'sort' | 'savedFilter'>;

/**
 * What a query asks for, within the saved filter that it names: records meet both filters and all words of both; a sort of the query's own goes before the
 * saved one.
 * @throws Refusal 400 a filter that is none, or a saved one that is not there for the caller or of another list
 */
export async function askedFor(
  ledger: Leadledger,
  request: FastifyRequest,
  type: RecordType,
  query: Asking,
): Promise<AskedFor> {
  const own = filterFrom(query.filter);
  const sort = sortFrom(query.sort);
  const saved = query.savedFilter
    ? await savedOf(ledger, request, type, query.savedFilter)
    : undefined;
  const filters = [saved?.filter, own].filter((filter) => filter !== undefined);
  const [filter] = filters;
  const words = [saved?.q, query.q].filter((some) => some !== undefined);
  return {
    ...(filter && { filter: filters.length > 1 ? { $and: filters } : filter }),
    ...(words.length > 0 && { q: words.join(' ') }),
    ...((sort ?? saved?.sort) && { sort: sort ?? saved?.sort ?? [] }),
  };
}

async function savedOf(
  ledger: Leadledger,
  request: FastifyRequest,
  type: RecordType,
  id: string,
): Promise<ShownSavedFilter | undefined> {
  const refuse = (code: string, message: string) =>
    refuseInvalid([{ path: 'savedFilter', code, message }]);
  try {
    const saved = await visibleSavedFilter(ledger, request, id);
    if (saved.recordType === type) return saved;
    refuse('wrong_record_type', `It is a filter of ${saved.recordType} records.`);
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'not-found') throw error;
    refuse('unknown_saved_filter', 'There is no such saved filter.');
  }
  return undefined;
}
