import type { Condition, FilterNode, Scalar, ValueTest } from '#crm';
import { documentSql, documentValueSql } from './document-sql.js';
import { elementPrefix, wholeElement } from './elements.js';
import type { Layout, MultiIndex } from './layout.js';
import type { Parameters } from './parameters.js';
import { isList, isPrefix, testSql } from './test-sql.js';

/** The alias of the documents' table in every statement. */
export const DOCUMENTS = 't';

/** The column that answers conditions on a field exactly, when there is one. */
export function columnOf(layout: Layout, field: string): string | undefined {
  if (field === 'id') return 'id';
  return layout.columns.find((column) => column.field === field && !column.lists)?.name;
}

/** The column that orders a field's values, also when it holds lists. */
export function sortColumnOf(layout: Layout, field: string): string | undefined {
  if (field === 'id') return 'id';
  return layout.columns.find((column) => column.field === field)?.name;
}

/** What orders a field's values: its column, or the value in the document. */
export function sortSql(bind: Parameters, layout: Layout, field: string): string {
  const column = sortColumnOf(layout, field);
  if (column !== undefined) return `${DOCUMENTS}.${column}`;
  return documentValueSql(bind, `${DOCUMENTS}.document`, field.split('.'));
}

function containsSql(bind: Parameters, multi: MultiIndex, text: string): string {
  return `instr(${DOCUMENTS}.${multi.name}, ${bind.bind(text)}) > 0`;
}

function isIndexed(value: Scalar | readonly Scalar[]): value is Scalar {
  return value !== null && !isList(value);
}

/** So many values are sooner looked for one by one than gathered. */
const FEW = 8;

function isText(value: Scalar): boolean {
  return typeof value === 'string';
}

/** A condition on a multi field answered by its column; undefined when the elements alone do not tell. */
function multiSql(bind: Parameters, multi: MultiIndex, test: ValueTest): string | undefined {
  if (test.kind === 'equals' && isIndexed(test.value)) {
    return containsSql(bind, multi, wholeElement(test.value));
  }
  if (test.kind === 'in' && test.values.length > FEW && test.values.every(isText)) {
    const elements = `'[' || replace(trim(${DOCUMENTS}.${multi.name}, char(31)), char(31), ',') || ']'`;
    const wanted = `SELECT value FROM json_each(${bind.bind(JSON.stringify(test.values))})`;
    return `EXISTS (SELECT 1 FROM json_each(${elements}) e WHERE e.type = 'text' AND e.value IN (${wanted}))`;
  }
  if (test.kind === 'in' && test.values.length > 0 && test.values.every(isIndexed)) {
    const parts = test.values.map((value) => containsSql(bind, multi, wholeElement(value)));
    return `(${parts.join(' OR ')})`;
  }
  if (isPrefix(test)) {
    return containsSql(bind, multi, elementPrefix(test.text));
  }
  return undefined;
}

function conditionSql(bind: Parameters, layout: Layout, { field, test }: Condition): string {
  const column = columnOf(layout, field);
  if (column !== undefined && test.kind !== 'exists') {
    return testSql(bind, test, { value: `${DOCUMENTS}.${column}` });
  }
  const multi = layout.multis.find((candidate) => candidate.field === field);
  const joined = multi && multiSql(bind, multi, test);
  return joined ?? documentSql(bind, `${DOCUMENTS}.document`, field.split('.'), test);
}

/** A filter as an SQL condition on the documents' table. */
export function filterSql(bind: Parameters, layout: Layout, node: FilterNode): string {
  switch (node.kind) {
    case 'condition':
      return conditionSql(bind, layout, node);
    case 'not':
      return `(${filterSql(bind, layout, node.node)}) IS NOT TRUE`;
    case 'and':
    case 'or': {
      const parts = node.nodes.map((part) => filterSql(bind, layout, part));
      if (parts.length === 0) return node.kind === 'and' ? '1' : '0';
      return `(${parts.join(node.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
  }
}
