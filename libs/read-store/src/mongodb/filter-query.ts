import { type FilterNode, regexOf, type ValueTest } from '#crm';
import { storedPath } from './stored-document.js';

/** A query in MongoDB's language. */
export type Query = Readonly<Record<string, unknown>>;

/** Finds nothing. */
export const NOTHING: Query = { _id: { $in: [] } };

/**
 * The filter as MongoDB's own: the language is a subset of MongoDB's operators with MongoDB's meaning, so each goes over as it
 * is. Made from the checked filter, so that nothing reaches the server that the language does not have. What differs:
 * - `$all` comes as the conjunction that it means, of nothing as what finds nothing;
 * - `$regex` patterns are written anew (`regexOf`): the language allows escapes that a server's regular expressions need not know, and what folds
 *   to what is not left to them;
 * - names are those of the stored document (`storedPath`).
 */
export function filterQuery(node: FilterNode): Query {
  switch (node.kind) {
    case 'condition':
      return { [storedPath(node.field)]: operators(node.test) };
    case 'not':
      return negated(node.node);
    case 'and':
      return allOf(node.nodes.map(filterQuery));
    case 'or':
      return anyOf(node.nodes.map(filterQuery));
  }
}

/** A query that all of them hold for; one of nothing is left out. */
export function allOf(queries: readonly Query[]): Query {
  const asked = queries.filter((query) => Object.keys(query).length > 0);
  if (asked.length > 1) return { $and: asked };
  return asked[0] ?? {};
}

/** A query that at least one of them holds for; of none, one that nothing meets. */
export function anyOf(queries: readonly Query[]): Query {
  if (queries.length > 1) return { $or: queries };
  return queries[0] ?? NOTHING;
}

function operators(test: ValueTest): Query {
  switch (test.kind) {
    case 'equals':
      return { $eq: test.value };
    case 'in':
      return { $in: test.values };
    case 'range':
      return { [test.operator]: test.value };
    case 'exists':
      return { $exists: true };
    case 'text':
      return { $regex: regexOf(test) };
  }
}

/** In the forms that can use an index, where there are some. */
function negated(node: FilterNode): Query {
  if (node.kind === 'not') return filterQuery(node.node);
  if (node.kind !== 'condition') return { $nor: [filterQuery(node)] };
  const path = storedPath(node.field);
  switch (node.test.kind) {
    case 'equals':
      return { [path]: { $ne: node.test.value } };
    case 'in':
      return { [path]: { $nin: node.test.values } };
    case 'exists':
      return { [path]: { $exists: false } };
    default:
      return { [path]: { $not: operators(node.test) } };
  }
}
