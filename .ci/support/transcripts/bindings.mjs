// What stands for ids and positions in a recording, and what it stands for in a run.
import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';

const UUID = /^<uuid(\d+)>( as two 64-bit halves)?$/;
const POSITION = /^<pos(\d+)>$/;
const ANY = new Set(['<ticks>', '<Timestamp>', '<uuid text>', '<date>']);

export class Bindings {
  #uuids = new Map();
  #positions = new Map();

  uuid(number) {
    if (!this.#uuids.has(number)) this.#uuids.set(number, randomUUID());
    return this.#uuids.get(number);
  }

  position(number) {
    return this.#positions.get(number);
  }

  bindPosition(number, value) {
    const known = this.#positions.get(number);
    assert.ok(known === undefined || known === value, `<pos${number}> is ${known} and ${value}`);
    this.#positions.set(number, value);
  }

  /** What is sent for what was recorded. `positionOf` finds a position that no answer has shown yet. */
  fill(value, positionOf, timestamp) {
    if (Array.isArray(value)) return value.map((one) => this.fill(one, positionOf, timestamp));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, this.fill(one, positionOf, timestamp)]),
      );
    }
    if (value === '<Timestamp>') return timestamp;
    const [, uuid] = UUID.exec(value) ?? [];
    if (uuid) return this.uuid(uuid);
    const [, position] = POSITION.exec(value) ?? [];
    if (position) return this.position(position) ?? positionOf(position);
    return value;
  }

  /** Compares an answer with what was recorded, learning what its names stand for. */
  match(expected, actual, path = 'answer') {
    if (typeof expected === 'string') {
      if (ANY.has(expected)) return;
      const [, uuid, halves] = UUID.exec(expected) ?? [];
      if (uuid) return this.#matchUuid(uuid, halves ? textOfHalves(actual) : actual, path);
      const [, position] = POSITION.exec(expected) ?? [];
      if (position) return this.bindPosition(position, actual);
    }
    if (typeof expected !== 'object' || expected === null) {
      // 64-bit numbers are recorded as text, and some have a class that gives numbers.
      return assert.equal(String(actual), String(expected), path);
    }
    assert.equal(typeof actual, 'object', path);
    const names = Object.keys(expected).filter((name) => !isInexact(name, expected[name]));
    assert.deepEqual(Object.keys(actual).sort(), names.sort(), path);
    for (const name of names) this.match(expected[name], actual[name], `${path}.${name}`);
  }

  #matchUuid(number, actual, path) {
    if (!this.#uuids.has(number)) this.#uuids.set(number, actual);
    assert.equal(actual, this.#uuids.get(number), path);
  }

  /** The numbers of positions are their order, but for those of events that were put there when they were needed. */
  checkOrder(without) {
    const inOrder = [...this.#positions]
      .filter(([, value]) => !without.has(Number(value)))
      .sort(([one], [other]) => one - other);
    const values = inOrder.map(([, value]) => Number(value));
    assert.deepEqual(
      values,
      [...values].sort((one, other) => one - other),
      'order of positions',
    );
  }
}

/** The field of older clients is a JavaScript number, which does not hold this. */
function isInexact(name, value) {
  return name === 'expectedRevision2060' && Number(value) > Number.MAX_SAFE_INTEGER;
}

function textOfHalves({ mostSignificantBits, leastSignificantBits }) {
  const digits = [mostSignificantBits, leastSignificantBits]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
