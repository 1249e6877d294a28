import type { SqlValue } from './sql-value.js';

/** Collects the values of a statement; equal ones share a place. Nothing that a caller sent becomes SQL text. */
export interface Parameters {
  /** The placeholder that stands for the value. */
  bind(value: SqlValue): string;
  readonly values: readonly SqlValue[];
}

export function parameters(): Parameters {
  const values: SqlValue[] = [];
  const places = new Map<SqlValue, number>();
  return {
    values,
    bind(value) {
      let place = places.get(value);
      if (place === undefined) {
        place = values.push(value);
        places.set(value, place);
      }
      return `?${place}`;
    },
  };
}
