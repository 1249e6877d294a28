import { Refusal } from '../kernel/refusal.js';

/** A 422 about one value of the request. */
export function wrongRequest(code: string, path: string, message: string): Refusal {
  return new Refusal('rule', code, message, { errors: [{ path, code, message }] });
}
