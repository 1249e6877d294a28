import * as fc from 'fast-check';
import {
  type FieldValues,
  keyText,
  matchKeys,
  NO_SETTINGS,
  type RecordRef,
  recordName,
  recordStream,
  type Uuid,
} from '#crm';
import { mergedAway, mergeUndone, recordsMerged, unmerged } from './merge-events.js';
import type { TestEvent, TestStores } from './open-stores.js';
import { captured, id } from './sample-events.js';

/** Something that is done to one of five records, in numbers; done only where the product would. */
export interface Deed {
  readonly kind: 'edit' | 'merge' | 'undo' | 'delete' | 'skip';
  readonly record: number;
  readonly other: number;
  readonly n: number;
}

/** Whatever may be done to three leads and two opportunities. */
export const DEEDS: fc.Arbitrary<Deed[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Deed['kind']>('edit', 'merge', 'merge', 'undo', 'delete', 'skip'),
    ...{ record: fc.nat(4), other: fc.nat(4), n: fc.nat(2) },
  }),
  { minLength: 3, maxLength: 25 },
);

/** A record as it has become. */
export interface Lived {
  readonly ref: RecordRef;
  fields: FieldValues;
  deleted: boolean;
  /** What it was merged into, by which merge. */
  into?: { readonly end: Lived; readonly mergeId: Uuid } | undefined;
  /** Records that it is known not to be. */
  readonly skipped: Set<Lived>;
}

const TYPES = ['lead', 'lead', 'lead', 'opportunity', 'opportunity'] as const;

/** Does it, and tells what has become of the records: by the rules of merging, not by read models. */
export async function live(stores: TestStores, deeds: readonly Deed[]): Promise<readonly Lived[]> {
  const records = TYPES.map((type, n): Lived => {
    const fields = { givenName: 'An', email: `${n % 2}@b.vn` };
    return { ref: { type, id: id(n) }, fields, deleted: false, skipped: new Set() };
  });
  for (const { ref, fields } of records) {
    await stores.append(streamOf(ref), captured(ref.type, fields));
  }
  for (const [index, { kind, record, other, n }] of deeds.entries()) {
    const [one, two] = [records[record], records[other]] as [Lived, Lived];
    const events = kind === 'edit' || kind === 'delete' ? ALONE[kind](one, n) : undefined;
    for (const [stream, event] of events ?? TOGETHER[kind as Together](one, two, index)) {
      await stores.append(stream, event);
    }
  }
  return records;
}

type Together = Exclude<Deed['kind'], 'edit' | 'delete'>;
type Happening = readonly (readonly [string, TestEvent])[];

const ALONE: Readonly<Record<'edit' | 'delete', (one: Lived, n: number) => Happening>> = {
  edit(one, n) {
    if (!stands(one)) return [];
    one.fields = { email: `${n}@b.vn`, givenName: ['An', 'Ân', 'Bình'][n] ?? '' };
    const changes = Object.entries(one.fields).map(([field, to]) => ({ field, to }));
    const type = `${recordName(one.ref.type)}Edited`;
    return [[streamOf(one.ref), { type, data: { changes } }]];
  },
  delete(one) {
    if (one.into) return [];
    one.deleted = !one.deleted;
    const type = `${recordName(one.ref.type)}${one.deleted ? 'Deleted' : 'Restored'}`;
    return [[streamOf(one.ref), { type, data: {} }]];
  },
};

const TOGETHER: Readonly<Record<Together, (one: Lived, two: Lived, index: number) => Happening>> = {
  skip(one, two) {
    const { type } = one.ref;
    if (!stands(one) || !stands(two) || one === two || type !== two.ref.type) return [];
    one.skipped.add(two);
    two.skipped.add(one);
    const ids = [one.ref.id, two.ref.id].sort();
    return [[`skip-${ids.join('')}`, { type: 'DuplicateSkipped', data: { type, ids } }]];
  },
  merge(one, two, index) {
    if (!stands(one) || !stands(two) || one === two) return [];
    const survivor = one.ref.type < two.ref.type ? two : one;
    const away = survivor === one ? two : one;
    const mergeId = id(1_000 + index);
    away.into = { end: survivor, mergeId };
    return [
      [streamOf(survivor.ref), recordsMerged(survivor.ref, mergeId, [away.ref])],
      [streamOf(away.ref), mergedAway(away.ref, mergeId, survivor.ref)],
    ];
  },
  undo(one, _two, index) {
    if (!one.into) return [];
    const { end, mergeId } = one.into;
    const undoId = id(2_000 + index);
    one.into = undefined;
    return [
      [streamOf(end.ref), mergeUndone(end.ref, mergeId, undoId, [one.ref])],
      [streamOf(one.ref), unmerged(one.ref, mergeId, undoId, end.ref)],
    ];
  },
};

function stands({ into, deleted }: Lived): boolean {
  return !into && !deleted;
}

function streamOf({ type, id: own }: RecordRef): string {
  return recordStream(type, own);
}

/** The record at the end of the chain of merges. */
export function endOf(record: Lived): Lived {
  return record.into ? endOf(record.into.end) : record;
}

/** The texts of a record's own keys. */
export function keysOf({ ref, fields }: Lived): readonly string[] {
  return matchKeys(ref.type, { fields, custom: {} }, NO_SETTINGS).map(keyText);
}
