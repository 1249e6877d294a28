import type { Json, JsonObject } from '../kernel/json.js';
import { someCandidate } from './candidates.js';
import { checkFilter } from './check-filter.js';
import { compareTexts } from './compare.js';
import type { FilterNode, Scalar, TextTest, ValueTest } from './condition.js';
import type { Filter } from './filter.js';
import { regexOf } from './literal-regex.js';

/** Whether a document meets a filter. */
export type Predicate = (document: JsonObject) => boolean;

function equals(value: Json | undefined, operand: Scalar | readonly Scalar[]): boolean {
  if (operand === null) return value === undefined || value === null;
  if (typeof operand !== 'object') return value === operand;
  return (
    Array.isArray(value) &&
    value.length === operand.length &&
    operand.every((element, i) => value[i] === element)
  );
}

function order(value: Json | undefined, operand: string | number): number | undefined {
  if (typeof value === 'string' && typeof operand === 'string') return compareTexts(value, operand);
  if (typeof value === 'number' && typeof operand === 'number') return value - operand;
  return undefined;
}

function passesText(test: TextTest): (value: Json | undefined) => boolean {
  const { text, anchored, caseless } = test;
  if (caseless) {
    const regex = new RegExp(regexOf(test), 'u');
    return (value) => typeof value === 'string' && regex.test(value);
  }
  return anchored
    ? (value) => typeof value === 'string' && value.startsWith(text)
    : (value) => typeof value === 'string' && value.includes(text);
}

function passes(test: ValueTest): (value: Json | undefined) => boolean {
  switch (test.kind) {
    case 'equals':
      return (value) => equals(value, test.value);
    case 'in':
      return (value) => test.values.some((operand) => equals(value, operand));
    case 'exists':
      return (value) => value !== undefined;
    case 'text':
      return passesText(test);
    case 'range':
      return (value) => {
        const difference = order(value, test.value);
        if (difference === undefined) return false;
        if (difference === 0) return test.operator === '$gte' || test.operator === '$lte';
        return difference > 0 === (test.operator === '$gt' || test.operator === '$gte');
      };
  }
}

function compile(node: FilterNode): Predicate {
  switch (node.kind) {
    case 'and': {
      const parts = node.nodes.map(compile);
      return (document) => parts.every((part) => part(document));
    }
    case 'or': {
      const parts = node.nodes.map(compile);
      return (document) => parts.some((part) => part(document));
    }
    case 'not': {
      const part = compile(node.node);
      return (document) => !part(document);
    }
    case 'condition': {
      const path = node.field.split('.');
      const test = passes(node.test);
      return (document) => someCandidate(document, path, test);
    }
  }
}

/** Lives as long as the filter does: a rule kept in the settings is compiled once, a request's is forgotten with it. */
const compiled = new WeakMap<Filter, Predicate>();

/**
 * What a filter asks of a document, with the answer that every store gives. The filter must not be changed afterwards; one kept in the settings
 * goes through `resolveFilter` first.
 * @throws InvalidFilter the filter is not in the language, or has operands relative to now
 */
export function compileConditions(filter: Filter): Predicate {
  const known = compiled.get(filter);
  if (known) return known;
  const predicate = compile(checkFilter(filter).root);
  compiled.set(filter, predicate);
  return predicate;
}

/**
 * Whether a document meets a filter: `compileConditions` for one document.
 * @throws InvalidFilter as there
 */
export function matches(filter: Filter, document: JsonObject): boolean {
  return compileConditions(filter)(document);
}
