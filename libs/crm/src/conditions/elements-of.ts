import type { Json, JsonObject } from '../kernel/json.js';
import { someCandidate } from './candidates.js';
import type { Scalar } from './condition.js';

/** The scalars but null that a path meets, alone and in lists, each once. */
export function elementsOf(document: JsonObject, path: readonly string[]): readonly Scalar[] {
  const elements = new Set<Scalar>();
  someCandidate(document, path, (value: Json | undefined) => {
    if (value !== undefined && value !== null && typeof value !== 'object') elements.add(value);
    return false;
  });
  return [...elements];
}
