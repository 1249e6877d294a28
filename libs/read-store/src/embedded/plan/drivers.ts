import type { Condition, FilterNode, ValueTest } from '#crm';
import { elementHash } from '../element-hash.js';
import { elementTerm, termQuery } from '../element-terms.js';
import { columnOf, DOCUMENTS } from '../filter-sql.js';
import { idIndex, type Layout } from '../layout.js';
import type { Parameters } from '../parameters.js';
import { isList, isPrefix, testSql } from '../test-sql.js';
import { conditionsByField, conjunctsOf } from './conjuncts.js';

/** A way to find, through an index, the keys of all documents that may match; some may come twice. */
export interface Driver {
  /** Equal for drivers that narrow down by the same condition. */
  readonly about: unknown;
  /** `SELECT k …`, a statement that can be bounded by LIMIT. */
  sql(bind: Parameters): string;
}

function isIndexable(test: ValueTest): boolean {
  if (test.kind === 'equals') return !isList(test.value);
  return test.kind === 'in' || test.kind === 'range' || isPrefix(test);
}

/** The JSON texts of the elements that a test asks for; undefined where it asks for others, or for what has no element. */
function wholeElements(test: ValueTest): readonly string[] | undefined {
  const values = test.kind === 'in' ? test.values : test.kind === 'equals' ? [test.value] : [];
  const scalars = values.flatMap((value) => (isList(value) || value === null ? [] : [value]));
  return scalars.length > 0 && scalars.length === values.length
    ? scalars.map((value) => JSON.stringify(value))
    : undefined;
}

/** The keys of documents of which an element may meet the test. */
function elementsSql(layout: Layout, multi: number, test: ValueTest): Driver['sql'] | undefined {
  const { terms, hashes, multis } = layout;
  const elements = wholeElements(test);
  if (multis[multi]?.exact) {
    return (
      elements &&
      ((bind) => {
        const wanted = elements.map((element) => bind.bind(elementHash(multi, element)));
        return `SELECT k FROM ${hashes} WHERE h IN (${wanted.join(', ')})`;
      })
    );
  }
  const query =
    elements?.map((json) => termQuery(elementTerm(multi, json))).join(' OR ') ??
    (isPrefix(test)
      ? termQuery(elementTerm(multi, JSON.stringify(test.text)), { prefix: true })
      : undefined);
  if (query === undefined) return undefined;
  return (bind) => `SELECT rowid AS k FROM ${terms} WHERE ${terms} MATCH ${bind.bind(query)}`;
}

function elementDrivers(layout: Layout, conjuncts: readonly FilterNode[]): readonly Driver[] {
  return conjuncts.flatMap((node) => {
    if (node.kind !== 'condition') return [];
    const multi = layout.multis.findIndex(({ field }) => field === node.field);
    const sql = multi < 0 ? undefined : elementsSql(layout, multi, node.test);
    return sql ? { about: node, sql } : [];
  });
}

function columnDrivers(layout: Layout, conjuncts: readonly FilterNode[]): readonly Driver[] {
  const conditions = conditionsByField(
    conjuncts,
    ({ field, test }) => isIndexable(test) && columnOf(layout, field) !== undefined,
  );
  const own = { ...idIndex(layout), fields: ['id'] };
  return [own, ...layout.indexes].flatMap(({ name, fields }) => {
    const used: Condition[] = [];
    for (const field of fields) {
      const condition = conditions.get(field);
      if (condition === undefined) break;
      used.push(condition);
      if (condition.test.kind === 'range' || condition.test.kind === 'text') break;
    }
    if (used.length === 0) return [];
    return {
      about: used[0],
      sql: (bind) => {
        const where = used.map(({ field, test }) =>
          testSql(bind, test, { value: `${DOCUMENTS}.${columnOf(layout, field)}` }),
        );
        return `SELECT k FROM ${layout.table} ${DOCUMENTS} INDEXED BY ${name} WHERE ${where.join(' AND ')}`;
      },
    };
  });
}

function alternativesDrivers(layout: Layout, conjuncts: readonly FilterNode[]): readonly Driver[] {
  return conjuncts.flatMap((node) => {
    if (node.kind !== 'or' || node.nodes.length === 0) return [];
    const parts = node.nodes.map((part) => driversOf(layout, conjunctsOf(part))[0]);
    const known = parts.filter((part) => part !== undefined);
    if (known.length < parts.length) return [];
    return {
      about: node,
      sql: (bind) => known.map((part) => `SELECT k FROM (${part.sql(bind)})`).join(' UNION ALL '),
    };
  });
}

/** Every index that narrows the conjuncts down. */
export function driversOf(layout: Layout, conjuncts: readonly FilterNode[]): readonly Driver[] {
  return [
    ...columnDrivers(layout, conjuncts),
    ...elementDrivers(layout, conjuncts),
    ...alternativesDrivers(layout, conjuncts),
  ];
}
