import type { FilterNode } from '#crm';
import { parameters } from '../parameters.js';
import type { Statements } from '../statements.js';
import { cheaperDriver, chooseDriver, TOLD_APART } from './choose-driver.js';
import { conjunctsOf } from './conjuncts.js';
import { driversOf } from './drivers.js';
import { orderedBranches } from './ordered-branches.js';
import { collectSql, documentsSql, type PageQuery, walkSql } from './page-sql.js';

export interface Planned {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function innerSql(statements: Statements, query: PageQuery, root: FilterNode): string {
  const { layout, sort, limit } = query;
  const conjuncts = conjunctsOf(root);
  const branches = orderedBranches(layout, conjuncts, sort);
  if (branches?.length === 0) return collectSql(query, { kind: 'or', nodes: [] });
  const residual = branches
    ? conjuncts.filter((node) => branches.every((branch) => branch.residual.includes(node)))
    : conjuncts;
  const drivers = driversOf(layout, residual);
  if (branches === undefined) {
    return collectSql(query, root, chooseDriver(statements, drivers, TOLD_APART)?.driver);
  }
  const driver =
    drivers.length > 0 && cheaperDriver(statements, layout, drivers, limit * branches.length);
  return driver ? collectSql(query, root, driver) : walkSql(query, branches);
}

/**
 * How a page is read: along indexes that give it in order where they are declared, unless another condition leaves so few documents
 * that they are sooner collected and sorted. Only a query without any index reads the whole collection.
 */
export function planPage(
  statements: Statements,
  query: Omit<PageQuery, 'bind'>,
  root: FilterNode,
): Planned {
  const page: PageQuery = { ...query, bind: parameters() };
  const sql = documentsSql(page, innerSql(statements, page, root));
  return { sql, values: page.bind.values };
}
