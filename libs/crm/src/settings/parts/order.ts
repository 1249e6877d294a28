import { InputReading } from '../../record/values/input-reading.js';

/** What a new order must name: everything in use, once. */
export interface Ordering {
  /** What is in use, in its present order. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly path: string;
  /** The code of an order that is not of all. */
  readonly code: string;
  /** `stage`, for the message. */
  readonly what: string;
}

/**
 * True when the order is another than the present one.
 * @throws Refusal `invalid_fields` unless it names everything in use, once
 */
export function isNewOrder({ from, to, path, code, what }: Ordering): boolean {
  const complete =
    Array.isArray(to) && to.length === from.length && from.every((name) => to.includes(name));
  if (!complete) {
    const reading = new InputReading();
    reading.refuse(path, code, `Name every ${what} in use, once.`);
    reading.finish();
  }
  return from.some((name, index) => to[index] !== name);
}

/** Things as ordered; those that the order does not name (retired ones) keep their order behind them. */
export function inOrder<Thing>(
  things: readonly Thing[],
  order: readonly string[],
  nameOf: (thing: Thing) => string,
): readonly Thing[] {
  const ordered = order.flatMap((name) => things.filter((thing) => nameOf(thing) === name));
  return [...ordered, ...things.filter((thing) => !order.includes(nameOf(thing)))];
}
