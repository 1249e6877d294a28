import type { FieldError } from '../../kernel/refusal.js';
import { Refusal, refuseInvalid } from '../../kernel/refusal.js';
import type { Reader } from './reading.js';
import { readText } from './text.js';

/** Gathers what is wrong with a command's parts, so that the caller hears of all of it at once. */
export class InputReading {
  private readonly errors: FieldError[] = [];

  /** The value's normal form; what cannot be read or is empty is an error, and stands for `fallback`. */
  required<Value>(read: Reader<Value>, raw: unknown, path: string, fallback: Value): Value {
    const reading = raw === null || raw === undefined ? { value: null } : read(raw, path);
    if (reading.errors) this.errors.push(...reading.errors);
    else if (reading.value === null) this.refuse(path, 'required', 'This is needed.');
    return reading.value ?? fallback;
  }

  /** As `required`, but may be left out or empty. */
  optional<Value>(read: Reader<Value>, raw: unknown, path: string): Value | undefined {
    if (raw === null || raw === undefined) return undefined;
    const reading = read(raw, path);
    if (reading.errors) this.errors.push(...reading.errors);
    return reading.value ?? undefined;
  }

  /** A name of one line. */
  name(raw: unknown, path: string): string {
    return this.required(readText, raw, path, '');
  }

  refuse(path: string, code: string, message: string): void {
    this.errors.push({ path, code, message });
  }

  refuseUnless(holds: boolean, path: string, code: string, message: string): void {
    if (!holds) this.refuse(path, code, message);
  }

  /** @throws Refusal `invalid_fields` when anything was wrong */
  finish(): void {
    refuseInvalid(this.errors);
  }
}

/** A refusal of a rule, with the field that broke it. */
export function brokenRule(code: string, path: string, message: string): Refusal {
  return new Refusal('rule', code, message, { errors: [{ path, code, message }] });
}
