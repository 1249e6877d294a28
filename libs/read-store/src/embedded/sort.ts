import type { SortKey } from '../read-store.port.js';
import { sortColumnOf, sortSql } from './filter-sql.js';
import type { Layout } from './layout.js';
import type { Parameters } from './parameters.js';
import { MISSING, type SqlValue } from './sql-value.js';
import { bindParsed } from './test-sql.js';

/** Whether one index order, forwards or backwards, can serve the sort. */
export function isUniform(sort: readonly SortKey[]): boolean {
  return sort.every(({ direction }) => direction === sort[0]?.direction);
}

export function orderSql(sort: readonly SortKey[], expressions: readonly string[]): string {
  return sort
    .map(({ direction }, i) => `${expressions[i]}${direction === 'descending' ? ' DESC' : ''}`)
    .join(', ');
}

/** The condition that a document stands behind the place. As one row comparison, which an index can seek, where directions agree. */
export function behindSql(
  bind: Parameters,
  layout: Layout,
  sort: readonly SortKey[],
  place: readonly SqlValue[],
): string {
  const fields = sort.map(({ field }) => sortSql(bind, layout, field));
  const values = sort.map(({ field }, i) => {
    const value = place[i] ?? MISSING;
    return sortColumnOf(layout, field) === undefined ? bindParsed(bind, value) : bind.bind(value);
  });
  const sign = (i: number): string => (sort[i]?.direction === 'descending' ? '<' : '>');
  if (isUniform(sort)) {
    return `(${fields.join(', ')}) ${sign(0)} (${values.join(', ')})`;
  }
  let behind = '0';
  for (let i = sort.length - 1; i >= 0; i--) {
    behind = `(${fields[i]} ${sign(i)} ${values[i]} OR (${fields[i]} = ${values[i]} AND ${behind}))`;
  }
  return behind;
}
