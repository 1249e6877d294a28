import type { JsonObject } from '../../kernel/json.js';
import { fieldOf } from '../../record/catalogue.js';
import { isJsonObject } from '../../record/values/reading.js';
import type { ReferenceTarget } from './reference.js';

/** A name in a condition on opportunities. `path` is within the filter: `$or.0.need`. */
export interface NamedInFilter {
  readonly path: string;
  readonly target: ReferenceTarget;
}

/** One value that a condition compares a field with, whether it is to equal it or not. */
interface Compared {
  readonly field: string;
  readonly value: unknown;
  readonly path: string;
}

/** What a condition on opportunities names: pipelines and stages, entries of catalogues, and custom fields. */
export function namedInFilter(filter: JsonObject): readonly NamedInFilter[] {
  const compared = comparisons(filter, '');
  const pipelineIds = compared.flatMap(({ field, value }) =>
    field === 'pipelineId' && typeof value === 'string' ? value : [],
  );
  return compared.flatMap(({ field, value, path }) => {
    return targetsOf(field, value, pipelineIds).map((target) => ({ path, target }));
  });
}

function targetsOf(
  field: string,
  value: unknown,
  pipelineIds: readonly string[],
): readonly ReferenceTarget[] {
  const [head = '', key] = field.split('.');
  if (head === 'custom' && key !== undefined) {
    const named = { recordType: 'opportunity', key } as const;
    const field = { kind: 'field', ...named } as const;
    return typeof value === 'string'
      ? [field, { kind: 'option', ...named, option: value }]
      : [field];
  }
  if (typeof value !== 'string') return [];
  if (field === 'pipelineId') return [{ kind: 'pipeline', pipelineId: value }];
  if (field === 'stageId') return [{ kind: 'stage', stageId: value, pipelineIds }];
  const catalogue =
    field === 'lostReason' ? 'lost-reason' : fieldOf('opportunity', field)?.catalogue;
  return catalogue ? [{ kind: 'entry', catalogue, value }] : [];
}

const COMPARING = new Set(['$eq', '$ne', '$in', '$nin', '$all']);

/** Every comparison of a filter that is in the language (`conditions/filter.ts`). */
function comparisons(filter: JsonObject, at: string): readonly Compared[] {
  return Object.entries(filter).flatMap(([key, condition]): readonly Compared[] => {
    const path = at === '' ? key : `${at}.${key}`;
    if (!key.startsWith('$')) return comparedWith(key, condition, path);
    if (!Array.isArray(condition)) return [];
    return condition.flatMap((inner, index) =>
      isJsonObject(inner) ? comparisons(inner as JsonObject, `${path}.${index}`) : [],
    );
  });
}

function comparedWith(field: string, condition: unknown, path: string): readonly Compared[] {
  if (!isJsonObject(condition)) {
    const values: readonly unknown[] = Array.isArray(condition) ? condition : [condition];
    return values.map((value) => ({ field, value, path }));
  }
  return Object.entries(condition).flatMap(([operator, operand]): readonly Compared[] => {
    if (operator === '$not' || COMPARING.has(operator)) return comparedWith(field, operand, path);
    // The field alone is named by a condition that compares it otherwise.
    return [{ field, value: undefined, path }];
  });
}
