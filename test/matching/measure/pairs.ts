import { keyText, type MatchKey } from '#crm';
import type { KnownRecord } from '../data-set.js';

/** A pair of records' numbers, the smaller first, as one number. */
export type Pair = number;

/** More records than this under one key are noise, not a cluster: a switchboard, a name that thousands bear. */
export const NOISE = 50;

export interface Found {
  /** Pairs that share a key, by the kind of key, a weak one's with `~` in front. */
  readonly byKind: ReadonlyMap<string, ReadonlySet<Pair>>;
  /** Keys that more than `NOISE` records bear. */
  readonly noise: number;
}

export function pairOf(left: number, right: number, count: number): Pair {
  return left < right ? left * count + right : right * count + left;
}

/** Pairs of records that are of the same person or company. */
export function truePairs(records: readonly KnownRecord[]): ReadonlySet<Pair> {
  const groups = new Map<number, number[]>();
  for (const [at, { truth }] of records.entries()) {
    groups.set(truth, [...(groups.get(truth) ?? []), at]);
  }
  return new Set([...groups.values()].flatMap((group) => pairsOf(group, records.length)));
}

/** Pairs that share one of their keys. */
export function findPairs(keysOf: readonly (readonly MatchKey[])[]): Found {
  const holders = new Map<string, { readonly kind: string; readonly records: number[] }>();
  for (const [at, keys] of keysOf.entries()) {
    for (const key of keys) {
      const text = keyText(key);
      const kind = `${key.strength === 'weak' ? '~' : ''}${key.kind}`;
      const holder = holders.get(text) ?? { kind, records: [] };
      holder.records.push(at);
      holders.set(text, holder);
    }
  }
  const byKind = new Map<string, Set<Pair>>();
  let noise = 0;
  for (const { kind, records } of holders.values()) {
    const pairs = byKind.get(kind) ?? new Set();
    byKind.set(kind, pairs);
    if (records.length > NOISE) noise += 1;
    else for (const pair of pairsOf(records, keysOf.length)) pairs.add(pair);
  }
  return { byKind, noise };
}

function pairsOf(records: readonly number[], count: number): readonly Pair[] {
  return records.flatMap((one, at) =>
    records.slice(at + 1).map((other) => pairOf(one, other, count)),
  );
}

export function union(sets: readonly ReadonlySet<Pair>[]): ReadonlySet<Pair> {
  return new Set(sets.flatMap((set) => [...set]));
}
