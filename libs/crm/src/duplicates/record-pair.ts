import { deriveId, type Uuid } from '../kernel/ids.js';
import type { RecordRef } from '../record/record-type.js';
import { brokenRule, InputReading } from '../record/values/input-reading.js';
import { readRecordRef } from '../record/values/record-ref.js';
import type { RecordPair } from './skip-events.js';

/** Names pairs. For ever: under another namespace every pair would have another stream. */
const PAIRS = '0e0b6f5c-6a0e-5f0b-8f0e-2c9f0a1d7b43';

/**
 * The pair that two records make, whichever is named first.
 * @throws Refusal `invalid_fields`; `same_record` for a record with itself; `different_types`
 */
export function pairOf(records: readonly [RecordRef, RecordRef]): RecordPair {
  const reading = new InputReading();
  const [one, other] = records.map((ref, index) =>
    reading.required(readRecordRef, ref, `records.${index}`, ref),
  ) as [RecordRef, RecordRef];
  reading.finish();
  if (one.type !== other.type) {
    const message = 'Only records of one type can be duplicates of each other.';
    throw brokenRule('different_types', 'records.1.type', message);
  }
  if (one.id === other.id) {
    throw brokenRule('same_record', 'records.1.id', 'A record is no duplicate of itself.');
  }
  const ids = one.id < other.id ? ([one.id, other.id] as const) : ([other.id, one.id] as const);
  return { type: one.type, ids };
}

/** The id under which it is remembered that a pair was skipped. */
export function skipId({ type, ids }: RecordPair): Uuid {
  return deriveId(PAIRS, `${type}:${ids.join(':')}`);
}

/** The stream of one pair. */
export function skipStream(id: Uuid): string {
  return `skip-${id}`;
}
