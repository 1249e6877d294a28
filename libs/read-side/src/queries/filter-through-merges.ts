import { type Json, PLURALS, type RecordRef, type RecordType } from '#crm';
import type { Filter } from '#read-store';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';
import { livingEnds, mergedNow } from './living-ends.js';
import type { QueryContext } from './query-context.js';

/** How texts of a member of documents point at records. */
export interface Pointing {
  /** The record that a text points at, if it does. */
  read(text: string): RecordRef | undefined;
  /** The text that points at a record, if one of this member can. */
  write(record: RecordRef): string | undefined;
}

/**
 * The filter with every record that is asked for by reference widened to all that its living end stands for: what points at a record
 * that was merged away is found under the one that took its place. Two batches of look-ups, and none when the filter asks for no reference.
 */
export async function filterThroughMerges(
  context: QueryContext,
  filter: Filter,
  pointing: Readonly<Record<string, Pointing>>,
): Promise<Filter> {
  const asked: RecordRef[] = [];
  walk(filter, pointing, (text, how) => {
    const record = how.read(text);
    if (record) asked.push(record);
    return [text];
  });
  if (asked.length === 0) return filter;
  const ends = await livingEnds(asked, mergedNow(context));
  const endOf = (record: RecordRef) => ends.get(recordKey(record)) ?? record;
  const family = await familiesOf(context, asked.map(endOf));
  return walk(filter, pointing, (text, how) => {
    const record = how.read(text);
    if (!record) return [text];
    const all = family.get(recordKey(endOf(record))) ?? [record];
    return [...new Set(all.flatMap((one) => how.write(one) ?? []))];
  });
}

/** Records with all that they absorbed, by record key. */
async function familiesOf(
  { readStore, models }: QueryContext,
  ends: readonly RecordRef[],
): Promise<ReadonlyMap<string, readonly RecordRef[]>> {
  const families = new Map<string, readonly RecordRef[]>();
  const types = new Set(ends.map(({ type }) => type));
  for (const type of types) {
    const ids = [...new Set(ends.filter((end) => end.type === type).map(({ id }) => id))];
    const stored = await readStore.load(models.live(PLURALS[type]), ids);
    for (const [id, { document }] of stored) {
      const { absorbed = [] } = document as RecordDocument;
      const all = absorbed.flatMap((record) => [record, ...record.behind]);
      families.set(recordKey({ type, id }), [{ type, id }, ...all]);
    }
  }
  return families;
}

type Widen = (text: string, how: Pointing) => readonly string[];

function walk(filter: Filter, pointing: Readonly<Record<string, Pointing>>, widen: Widen): Filter {
  const entries = Object.entries(filter).map(([key, value]): [string, Json | undefined] => {
    if (Array.isArray(value) && key.startsWith('$')) {
      return [key, value.map((part: Json) => walk(part as Filter, pointing, widen))];
    }
    const how = Object.hasOwn(pointing, key) ? pointing[key] : undefined;
    return [key, how && value !== undefined ? condition(value, how, widen) : value];
  });
  return Object.fromEntries(entries) as Filter;
}

function condition(value: Json, how: Pointing, widen: Widen): Json {
  if (typeof value === 'string') return oneOrMany(widen(value, how), '$in');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const parts: Record<string, Json> = {};
  for (const [operator, operand] of Object.entries(value)) {
    if (operand === undefined) continue;
    const operands: readonly Json[] = Array.isArray(operand) ? operand : [operand];
    const all = operands.flatMap((one): readonly Json[] =>
      typeof one === 'string' ? widen(one, how) : [one],
    );
    const { $in: within, $nin: without } = parts;
    if (operator === '$eq' || operator === '$in') {
      parts.$in = Array.isArray(within) ? within.filter((one: Json) => all.includes(one)) : all;
    } else if (operator === '$ne' || operator === '$nin') {
      parts.$nin = Array.isArray(without) ? [...without, ...all] : all;
    } else if (operator === '$not') {
      parts.$not = condition(operand, how, widen);
    } else {
      parts[operator] = operand;
    }
  }
  return parts;
}

function oneOrMany(texts: readonly string[], operator: string): Json {
  const [first, ...others] = texts;
  return first !== undefined && others.length === 0 ? first : { [operator]: [...texts] };
}

/** A member that holds the bare id of a record of one type. */
export function pointingById(type: RecordType): Pointing {
  return {
    read: (id) => ({ type, id }),
    write: (record) => (record.type === type ? record.id : undefined),
  };
}
