import type { Layout } from '../layout.js';
import { parameters } from '../parameters.js';
import type { Statements } from '../statements.js';
import type { Driver } from './drivers.js';

export interface Chosen {
  readonly driver: Driver;
  /** How many keys it gives, counted no further than asked. */
  readonly keys: number;
}

/** How far drivers are told apart where one must be taken. */
export const TOLD_APART = 10_000;

/** How far keys are counted where several conditions may together leave few. */
const COUNTED_AT_MOST = 20_000;

function keysOf(statements: Statements, driver: Driver, upTo: number): number {
  const bind = parameters();
  const sql = `SELECT count(*) FROM (SELECT 1 FROM (${driver.sql(bind)}) LIMIT ${bind.bind(upTo)})`;
  return Number(statements.rows(sql, bind.values)[0]?.[0]);
}

/** The driver that gives the fewest keys, counting each no further than `upTo`, where they are not told apart. */
export function chooseDriver(
  statements: Statements,
  drivers: readonly Driver[],
  upTo: number,
): Chosen | undefined {
  let best: Chosen | undefined;
  for (const driver of drivers) {
    const keys = keysOf(statements, driver, best?.keys ?? upTo);
    if (best === undefined || keys < best.keys) best = { driver, keys };
    if (best.keys === 0) break;
  }
  return best;
}

/**
 * The driver to collect with, where that is cheaper than walking along the order until a page is full; undefined where walking is.
 * A walk looks at `wanted` documents, a page's worth of each branch, per share of them that match. One condition alone is worth collecting for up to the root of
 * `rows * wanted` keys; several are taken to be independent of each other.
 */
export function cheaperDriver(
  statements: Statements,
  layout: Layout,
  drivers: readonly Driver[],
  wanted: number,
): Driver | undefined {
  const rows = Number(statements.rows(`SELECT max(k) FROM ${layout.table}`, [])[0]?.[0] ?? 0);
  const few = Math.ceil(Math.sqrt(rows * wanted));
  const best = chooseDriver(statements, drivers, few);
  if (best === undefined || best.keys < few) return best?.driver;
  const fields = new Set(drivers.map(({ about }) => about));
  if (fields.size < 2) return undefined;
  let walked = wanted;
  let cheapest: Chosen | undefined;
  for (const field of fields) {
    const same = drivers.filter(({ about }) => about === field);
    const chosen = chooseDriver(statements, same, COUNTED_AT_MOST);
    if (chosen === undefined) continue;
    walked *= rows / Math.max(1, chosen.keys);
    if (cheapest === undefined || chosen.keys < cheapest.keys) cheapest = chosen;
  }
  if (cheapest === undefined || cheapest.keys >= Math.min(COUNTED_AT_MOST, walked))
    return undefined;
  return cheapest.driver;
}
