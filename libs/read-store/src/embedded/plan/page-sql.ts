import type { FilterNode } from '#crm';
import type { SortKey } from '../../read-store.port.js';
import { DOCUMENTS, filterSql, sortSql } from '../filter-sql.js';
import type { Layout } from '../layout.js';
import type { Parameters } from '../parameters.js';
import { behindSql, orderSql } from '../sort.js';
import type { SqlValue } from '../sql-value.js';
import { conjunction } from './conjuncts.js';
import type { Driver } from './drivers.js';
import type { OrderedBranch } from './ordered-branches.js';

/** What a page's statement is made of. */
export interface PageQuery {
  readonly bind: Parameters;
  readonly layout: Layout;
  readonly sort: readonly SortKey[];
  /** Where the page before ended: a value per sort key. */
  readonly place: readonly SqlValue[] | undefined;
  /** Most rows. */
  readonly limit: number;
}

/** The key and the sort values as k, s0, s1, …; documents themselves are read only for the page. */
function selectSql({ bind, layout, sort }: PageQuery): string {
  const values = sort.map(({ field }, i) => `${sortSql(bind, layout, field)} AS s${i}`);
  return `SELECT ${DOCUMENTS}.k AS k, ${values.join(', ')}`;
}

function tailSql(query: PageQuery, sort: readonly SortKey[], where: readonly string[]): string {
  const { bind, layout, place } = query;
  const conditions = [...where];
  if (place !== undefined) {
    const values = sort.flatMap((key) => place[query.sort.indexOf(key)] ?? []);
    conditions.push(behindSql(bind, layout, sort, values));
  }
  const expressions = sort.map(({ field }) => sortSql(bind, layout, field));
  return `WHERE ${conditions.join(' AND ')} ORDER BY ${orderSql(sort, expressions)} LIMIT ${bind.bind(query.limit)}`;
}

function branchSql(query: PageQuery, branch: OrderedBranch): string {
  const { bind, layout } = query;
  const where = branch.equalities.map(
    ({ column, value }) => `${DOCUMENTS}.${column} = ${bind.bind(value)}`,
  );
  where.push(filterSql(bind, layout, conjunction(branch.residual)));
  return `${selectSql(query)} FROM ${layout.table} ${DOCUMENTS} INDEXED BY ${branch.index} ${tailSql(query, branch.sort, where)}`;
}

/** Walks each branch for a page's worth, and merges them. */
export function walkSql(query: PageQuery, branches: readonly OrderedBranch[]): string {
  const [only, ...others] = branches;
  if (only !== undefined && others.length === 0) return branchSql(query, only);
  return branches.map((branch) => `SELECT * FROM (${branchSql(query, branch)})`).join(' UNION ');
}

/** Collects the documents that a driver finds, or all, and sorts those that match. */
export function collectSql(query: PageQuery, root: FilterNode, driver?: Driver): string {
  const { bind, layout, sort } = query;
  const from =
    driver === undefined
      ? `${layout.table} ${DOCUMENTS}`
      : `(SELECT DISTINCT k FROM (${driver.sql(bind)})) f CROSS JOIN ${layout.table} ${DOCUMENTS} ON ${DOCUMENTS}.k = f.k`;
  return `${selectSql(query)} FROM ${from} ${tailSql(query, sort, [filterSql(bind, layout, root)])}`;
}

/** The page's documents, of the keys and sort values that `inner` gives. */
export function documentsSql({ bind, layout, sort, limit }: PageQuery, inner: string): string {
  const order = orderSql(
    sort,
    sort.map((_, i) => `s${i}`),
  );
  return `SELECT d.document FROM (SELECT * FROM (${inner}) ORDER BY ${order} LIMIT ${bind.bind(limit)}) p CROSS JOIN ${layout.table} d ON d.k = p.k ORDER BY ${order}`;
}
