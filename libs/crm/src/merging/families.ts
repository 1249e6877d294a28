import type { RecordState } from '../record/record-state.js';
import {
  RECORD_TYPES,
  type RecordRef,
  type RecordType,
  sameRecord,
} from '../record/record-type.js';
import { brokenRule } from '../record/values/input-reading.js';

/** What can be merged with what: leads and opportunities with each other, contacts and accounts among themselves. */
const FAMILIES: Readonly<Record<RecordType, 'sale' | 'contact' | 'account'>> = {
  lead: 'sale',
  opportunity: 'sale',
  contact: 'contact',
  account: 'account',
};

/** Types of records that one of a type can be merged with, and into. */
export function familyOf(type: RecordType): readonly RecordType[] {
  return RECORD_TYPES.filter((other) => FAMILIES[other] === FAMILIES[type]);
}

/** Most records in one merge, the survivor included, unless configured otherwise. */
const MOST_MERGED = 50;

/**
 * Refuses a selection that no merge can be made of.
 * @throws Refusal `too_few_records`, `too_many_records`, `merged_into_itself`, `different_families` (422)
 */
export function refuseSelection(records: readonly RecordRef[], most = MOST_MERGED): void {
  if (records.length < 2) {
    throw brokenRule('too_few_records', 'records', 'A merge takes two records or more.');
  }
  if (records.length > most) {
    throw brokenRule('too_many_records', 'records', `A merge takes at most ${most} records.`);
  }
  for (const [index, record] of records.entries()) {
    const path = `records.${index}`;
    if (records.findIndex((other) => sameRecord(other, record)) < index) {
      throw brokenRule('merged_into_itself', path, 'A record cannot be merged into itself.');
    }
    if (FAMILIES[record.type] !== FAMILIES[records[0]?.type ?? record.type]) {
      const message = `Records of the types ${record.type} and ${records[0]?.type} cannot be merged with each other.`;
      throw brokenRule('different_families', path, message);
    }
  }
}

/** In order of creation, ties by id (PRODUCT.md P3). */
export function inOrderOfCreation<State extends Pick<RecordState, 'createdAt' | 'id'>>(
  states: readonly State[],
): readonly State[] {
  return states.toSorted(
    (left, right) => compare(left.createdAt, right.createdAt) || compare(left.id, right.id),
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
