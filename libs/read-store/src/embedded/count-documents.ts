import { checkFilter, type Filter } from '#crm';
import { DOCUMENTS, filterSql } from './filter-sql.js';
import type { Layout } from './layout.js';
import { parameters } from './parameters.js';
import { chooseDriver, TOLD_APART } from './plan/choose-driver.js';
import { conjunctsOf } from './plan/conjuncts.js';
import { driversOf } from './plan/drivers.js';
import type { Statements } from './statements.js';

/** @throws InvalidFilter the filter is not in the language */
export function countDocuments(
  statements: Statements,
  layout: Layout,
  filter: Filter,
  upTo: number,
): number {
  const { root } = checkFilter(filter);
  const drivers = driversOf(layout, conjunctsOf(root));
  const chosen = chooseDriver(statements, drivers, TOLD_APART);
  const bind = parameters();
  const from =
    chosen === undefined
      ? `${layout.table} ${DOCUMENTS}`
      : `(SELECT DISTINCT k FROM (${chosen.driver.sql(bind)})) f CROSS JOIN ${layout.table} ${DOCUMENTS} ON ${DOCUMENTS}.k = f.k`;
  const counted = `SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${filterSql(bind, layout, root)} LIMIT ${bind.bind(upTo)})`;
  return Number(statements.rows(counted, bind.values)[0]?.[0]);
}
