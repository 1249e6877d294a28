import type { Layout } from '../layout.js';
import { parameters } from '../parameters.js';
import type { Statements } from '../statements.js';
import type { Driver } from './drivers.js';

export interface Chosen {
  readonly driver: Driver;
  /** How many keys it gives, counted no further than asked. */
  readonly keys: number;
}

/** The driver that gives the fewest keys, counting each no further than `upTo`, which is when it is not told from others. */
export function chooseDriver(
  statements: Statements,
  drivers: readonly Driver[],
  upTo: number,
): Chosen | undefined {
  let best: Chosen | undefined;
  for (const driver of drivers) {
    const bind = parameters();
    const limit = best?.keys ?? upTo;
    const counted = `SELECT count(*) FROM (SELECT 1 FROM (${driver.sql(bind)}) LIMIT ${bind.bind(limit)})`;
    const keys = Number(statements.rows(counted, bind.values)[0]?.[0]);
    if (best === undefined || keys < best.keys) best = { driver, keys };
    if (best.keys === 0) break;
  }
  return best;
}

/**
 * Up to how many keys it is cheaper to collect and sort than to walk along the order until a page is full. Walking meets a page's
 * worth after `rows / matches * limit` documents; the two cost the same where both are the root of `rows * limit`.
 */
export function fewEnough(statements: Statements, layout: Layout, limit: number): number {
  const rows = Number(statements.rows(`SELECT max(k) FROM ${layout.table}`, [])[0]?.[0] ?? 0);
  return Math.ceil(Math.sqrt(rows * limit));
}
