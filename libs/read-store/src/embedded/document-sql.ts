import type { ValueTest } from '#crm';
import type { Parameters } from './parameters.js';
import { sqlValueOf } from './sql-value.js';
import { missingPasses, testSql } from './test-sql.js';

/** Where a value stands: a JSON expression and the names of members within it. */
interface Place {
  readonly json: string;
  readonly path: readonly string[];
}

/** A path that SQLite reads as member names whatever is in them; `checkField` keeps quotes out. */
function jsonPath(path: readonly string[]): string {
  return `$${path.map((name) => `."${name}"`).join('')}`;
}

function leafSql(bind: Parameters, test: ValueTest, { json, path }: Place, depth: number): string {
  const at = bind.bind(jsonPath(path));
  const type = `json_type(${json}, ${at})`;
  const extracted = `json_extract(${json}, ${at})`;
  const value = sqlValueOf(type, extracted);
  const self = testSql(bind, test, { value, type, text: extracted, parsed: true });
  const e = `e${depth}`;
  const element = testSql(bind, test, {
    value: sqlValueOf(`${e}.type`, `${e}.atom`),
    type: `${e}.type`,
    text: `${e}.value`,
    parsed: true,
  });
  return `(${self} OR (${type} IS 'array' AND EXISTS (SELECT 1 FROM json_each(${json}, ${at}) ${e} WHERE ${element})))`;
}

function placeSql(
  bind: Parameters,
  test: ValueTest,
  place: Place,
  rest: readonly string[],
  depth: number,
): string {
  const [next, ...others] = rest;
  if (next === undefined) return leafSql(bind, test, place, depth);
  const at = bind.bind(jsonPath(place.path));
  const e = `e${depth}`;
  const inElement = placeSql(bind, test, { json: `${e}.value`, path: [next] }, others, depth + 1);
  const inObject = placeSql(
    bind,
    test,
    { json: place.json, path: [...place.path, next] },
    others,
    depth + 1,
  );
  return `CASE json_type(${place.json}, ${at}) WHEN 'object' THEN ${inObject} WHEN 'array' THEN EXISTS (SELECT 1 FROM json_each(${place.json}, ${at}) ${e} WHERE ${e}.type = 'object' AND ${inElement}) ELSE ${missingPasses(test) ? 1 : 0} END`;
}

/** A condition on a field inside the stored document, with the candidates that `someCandidate` visits. */
export function documentSql(
  bind: Parameters,
  json: string,
  path: readonly string[],
  test: ValueTest,
): string {
  const [name, ...rest] = path;
  return placeSql(bind, test, { json, path: name === undefined ? [] : [name] }, rest, 0);
}

/** The value at a path through objects alone, as `toSqlValue` gives it. */
export function documentValueSql(bind: Parameters, json: string, path: readonly string[]): string {
  const at = bind.bind(jsonPath(path));
  return sqlValueOf(`json_type(${json}, ${at})`, `json_extract(${json}, ${at})`);
}
