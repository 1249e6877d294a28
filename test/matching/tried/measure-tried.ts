import { matchKeys, NO_SETTINGS, type RecordType } from '#crm';
import type { KnownRecord } from '../data-set.js';
import { findPairs, type Pair, truePairs, union } from '../measure/pairs.js';
import type { TriedKey } from './tried-keys.js';

/** What a key would add to all that there are. */
export interface Added {
  readonly name: string;
  /** Pairs that no other key finds. */
  readonly pairs: number;
  /** The share of them that is right. */
  readonly precision: number;
  /** By how much they raise the recall. */
  readonly recall: number;
}

/** Measures each key beside those that records have. */
export function measureTried(
  type: RecordType,
  records: readonly KnownRecord[],
  tried: Readonly<Record<string, TriedKey>>,
): readonly Added[] {
  const truth = truePairs(records);
  const known = pairsBy(
    records.map(({ fields }) => matchKeys(type, { fields, custom: {} }, NO_SETTINGS)),
  );
  return Object.entries(tried).map(([name, keyOf]) => {
    const keys = records.map(({ fields }) => {
      const value = keyOf(fields);
      return value ? [{ kind: 'custom.tried', value, strength: 'weak' } as const] : [];
    });
    const added = [...pairsBy(keys)].filter((pair) => !known.has(pair));
    const right = added.filter((pair) => truth.has(pair)).length;
    return {
      ...{ name, pairs: added.length, recall: right / truth.size },
      precision: added.length === 0 ? 1 : right / added.length,
    };
  });
}

function pairsBy(keys: Parameters<typeof findPairs>[0]): ReadonlySet<Pair> {
  return union([...findPairs(keys).byKind.values()]);
}
