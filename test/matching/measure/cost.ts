import { matchKeys, NO_SETTINGS, type RecordType } from '#crm';
import type { KnownRecord } from '../data-set.js';

const ROUNDS = 15;

/** Microseconds of processor time that the keys of a record take: the median of some rounds over all records. */
export function costOf(type: RecordType, records: readonly KnownRecord[]): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    for (const { fields } of records) matchKeys(type, { fields, custom: {} }, NO_SETTINGS);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / records.length;
  });
  return rounds.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
}
