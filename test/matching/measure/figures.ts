import { type MatchKey, matchKeys, NO_SETTINGS, type RecordType } from '#crm';
import type { KnownRecord } from '../data-set.js';
import { partOf } from '../disturbance.js';
import { findPairs, type Pair, truePairs, union } from './pairs.js';

/** How good some way of matching is. */
export interface Figure {
  readonly name: string;
  /** Pairs found. */
  readonly found: number;
  /** Of those found, how many are right. */
  readonly precision: number;
  /** Of those there are, how many are found. */
  readonly recall: number;
}

/** How well records that something is the matter with are found. */
export interface Disturbed {
  readonly name: string;
  /** True pairs of which a record is so disturbed. */
  readonly pairs: number;
  readonly strong: number;
  readonly either: number;
  /** By keys of the disturbed field alone, whatever else the records share. */
  readonly own: number;
}

export interface Figures {
  readonly type: RecordType;
  readonly records: number;
  readonly truePairs: number;
  readonly noise: number;
  /** `strong`, `weak`, `either`, then each kind of key. */
  readonly kinds: readonly Figure[];
  readonly disturbances: readonly Disturbed[];
}

/** Measures the keys of records of a type against the truth. */
export function measure(
  type: RecordType,
  records: readonly KnownRecord[],
  keysOf = ({ fields }: KnownRecord): readonly MatchKey[] =>
    matchKeys(type, { fields, custom: {} }, NO_SETTINGS),
): Figures {
  const truth = truePairs(records);
  const { byKind, noise } = findPairs(records.map(keysOf));
  const of = (wanted: (kind: string) => boolean) =>
    union([...byKind].filter(([kind]) => wanted(kind)).map(([, pairs]) => pairs));
  const strong = of((kind) => !kind.startsWith('~'));
  const weak = of((kind) => kind.startsWith('~'));
  const either = union([strong, weak]);
  const byPart = (part: string) => of((kind) => kind.replace('~', '') === part);
  const named = [['strong', strong], ['weak', weak], ['either', either], ...byKind] as const;
  return {
    ...{ type, records: records.length, truePairs: truth.size, noise },
    kinds: named.map(([name, pairs]) => figure(name, pairs, truth)),
    disturbances: [...disturbedPairs(records, truth)]
      .map(([name, pairs]) => ({
        ...{ name, pairs: pairs.size },
        strong: share(pairs, strong),
        either: share(pairs, either),
        own: share(pairs, byPart(partOf(name))),
      }))
      .sort((left, right) => left.name.localeCompare(right.name)),
  };
}

function figure(name: string, pairs: ReadonlySet<Pair>, truth: ReadonlySet<Pair>): Figure {
  return {
    name,
    found: pairs.size,
    precision: share(pairs, truth),
    recall: share(truth, pairs),
  };
}

/** The share of the first that is in the second too; 1 of nothing. */
function share(of: ReadonlySet<Pair>, within: ReadonlySet<Pair>): number {
  let count = 0;
  for (const pair of of) if (within.has(pair)) count += 1;
  return of.size === 0 ? 1 : count / of.size;
}

function disturbedPairs(records: readonly KnownRecord[], truth: ReadonlySet<Pair>) {
  const byName = new Map<string, Set<Pair>>();
  for (const pair of truth) {
    const both = [Math.floor(pair / records.length), pair % records.length];
    for (const name of both.flatMap((at) => records[at]?.disturbances ?? [])) {
      byName.set(name, (byName.get(name) ?? new Set()).add(pair));
    }
  }
  return byName;
}
