import type { FieldError } from '../../kernel/refusal.js';

/** A raw value that was read: its normal form (`null`: it empties the field), or what is wrong with it. */
export type Reading<Value> =
  | { readonly value: Value | null; readonly errors?: undefined }
  | { readonly value?: undefined; readonly errors: readonly FieldError[] };

/**
 * Reads one raw value that is not `null`. Reading what was read gives the same again. Messages never repeat the value:
 * it may be personal.
 */
export type Reader<Value> = (raw: unknown, path: string) => Reading<Value>;

export function accepted<Value>(value: Value | null): Reading<Value> {
  return { value };
}

export function rejected(path: string, code: string, message: string): Reading<never> {
  return { errors: [{ path, code, message }] };
}

export function wrongType(path: string, expected: string): Reading<never> {
  return rejected(path, 'wrong_type', `This must be ${expected}.`);
}

/** True for what JSON calls an object. */
export function isJsonObject(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
