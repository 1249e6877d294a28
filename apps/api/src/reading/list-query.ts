import { type Static, Type } from '@sinclair/typebox';
import { type JsonObject, refuseInvalid } from '#crm';
import type { SortKey } from '#read-store';
import { AFTER, CURSOR, closed, id, LIMIT, optional } from '../http/schemas.js';

/** What pages of lists are asked for. */
export const PAGING = { limit: LIMIT, cursor: CURSOR, after: AFTER };
const PAGING_QUERY = closed(PAGING);
export type PagingQuery = Static<typeof PAGING_QUERY>;

/** The order of a list. */
export const SORT = Type.String({
  maxLength: 300,
  pattern: '^-?[A-Za-z][\\w.]*(?:,-?[A-Za-z][\\w.]*)*$',
  description: 'fields in order, with - in front for descending, e.g. -createdAt,familyName',
});

/** What of a list is asked for. */
export const FILTERING = {
  filter: optional(
    Type.String({
      maxLength: 8_000,
      description:
        'A condition as JSON, e.g. {"status":"open","organisation":{"$regex":"hoà bình","$options":"i"},"createdAt":{"$gte":{"$daysAgo":7}}}.',
    }),
  ),
  q: optional(Type.String({ maxLength: 200, description: 'Words to search for.' })),
  savedFilter: optional(id('A saved filter that records meet as well.')),
};

export const LIST_QUERY = closed({ ...FILTERING, sort: optional(SORT), ...PAGING });
export type ListQuery = Static<typeof LIST_QUERY>;

/** The filter of a query. @throws Refusal 400 when it is not an object in JSON; what is in it is for the query to check. */
export function filterFrom(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  let filter: unknown;
  try {
    filter = JSON.parse(text);
  } catch {
    filter = undefined;
  }
  if (typeof filter === 'object' && filter !== null && !Array.isArray(filter)) {
    return filter as JsonObject;
  }
  const message = 'This must be an object in JSON.';
  refuseInvalid([{ path: 'filter', code: 'malformed_json', message }]);
  return undefined;
}

/** The sort of a query: `-createdAt,familyName`. */
export function sortFrom(text: string | undefined): readonly SortKey[] | undefined {
  return text?.split(',').map((key) => ({
    field: key.replace('-', ''),
    direction: key.startsWith('-') ? 'descending' : 'ascending',
  }));
}
