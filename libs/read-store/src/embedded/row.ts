import { elementsOf, meetsList, valueAt } from '#crm';
import type { Document } from '../read-store.port.js';
import { joinElements } from './elements.js';
import type { Layout } from './layout.js';
import { type SqlValue, toSqlValue } from './sql-value.js';

/** The names of a layout's derived columns, in the order that `derivedValues` fills them. */
export function derivedNames(layout: Layout): readonly string[] {
  return [...layout.multis.map((multi) => multi.name), ...layout.columns.map((c) => c.name)];
}

/** What a document puts into the derived columns. Calls `onList` for a column's field that holds a list for the first time. */
export function derivedValues(
  layout: Layout,
  document: Document,
  onList: (field: string) => void,
): SqlValue[] {
  const values: SqlValue[] = layout.multis.map((multi) =>
    joinElements(elementsOf(document, multi.path)),
  );
  for (const column of layout.columns) {
    if (!column.lists && meetsList(document, column.path)) onList(column.field);
    values.push(toSqlValue(valueAt(document, column.path)));
  }
  return values;
}
