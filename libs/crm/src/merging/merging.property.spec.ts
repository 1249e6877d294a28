import fc from 'fast-check';
import { atoms, keptAtoms } from '../../test/merge-atoms.js';
import {
  beginning,
  begun,
  mergeAny,
  SETTINGS,
  selection,
  standing,
  steps,
  take,
} from '../../test/merge-histories.js';
import { type Register, visible } from '../../test/merging.js';
import { type RecordRef, recordStream, refOf } from '../record/record-type.js';
import type { MergeRequest } from './merge-request.js';
import type { CommittedMerge } from './merge-state.js';

/** More of them are run by hand, after a change of the rules. */
const RUNS = Number(process.env.MERGE_RUNS ?? 40);
const LIMIT_MS = 120_000 + RUNS * 1_000;
const selections = fc.array(selection, { minLength: 2, maxLength: 8 });

function seen(register: Register) {
  return register.refs().map((ref) => inAnyOrder(visible(register.state(ref))));
}

/** Entries of lists that came back after others had come are in another order. */
function inAnyOrder(one: ReturnType<typeof visible>) {
  const fields = Object.entries(one.fields).map(([field, value]) => [
    field,
    Array.isArray(value) ? [...value].sort() : value,
  ]);
  return { ...one, fields: Object.fromEntries(fields) };
}

describe('After whatever happened,', () => {
  it(
    'undoing a merge brings back every field, tag and owner of every record',
    () => {
      fc.assert(
        fc.property(beginning, steps, selections, (records, history, picks) => {
          const register = begun(records);
          for (const step of history) take(register, step);
          for (const pick of picks) {
            const before = register.refs().map((ref) => visible(register.state(ref)));
            const mergeId = mergeAny(register, pick);
            if (mergeId === undefined) continue;
            expect(register.undo(mergeId).conflicts).toEqual([]);
            expect(register.refs().map((ref) => visible(register.state(ref)))).toEqual(before);
          }
        }),
        { numRuns: RUNS },
      );
    },
    LIMIT_MS,
  );

  it(
    'every id leads to one record that is there or deleted, and never in a ring; replaying shows the same',
    () => {
      fc.assert(
        fc.property(beginning, steps, (records, history) => {
          const register = begun(records);
          for (const step of history) {
            take(register, step);
            for (const ref of register.refs()) expect(endOf(register, ref)).not.toBe('merged');
          }
          for (const ref of register.refs()) {
            expect(register.replayed(ref)).toEqual(register.state(ref));
          }
        }),
        { numRuns: RUNS },
      );
    },
    LIMIT_MS,
  );
});

/** What is known of each record, in whatever spelling and order. Where two currencies met, neither was taken, and undoing fills nothing. */
function known(register: Register) {
  return register.refs().map((ref) => {
    const state = register.state(ref);
    const { lifecycle, ownerId } = state;
    const all = atoms([state], SETTINGS).filter(
      (atom) => !/^(expectedRevenue|custom\.budget):/.test(atom),
    );
    return { lifecycle, ownerId, all };
  });
}

/** Follows the pointers to survivors; each of them knows that it stands for the record. */
function endOf(register: Register, ref: RecordRef): string {
  const seen = new Set<string>();
  let end = register.state(ref);
  while (end.lifecycle === 'merged' && end.mergedInto) {
    const stream = recordStream(end.type, end.id);
    if (seen.has(stream)) return 'ring';
    seen.add(stream);
    const next = register.state(end.mergedInto);
    if (next.absorbed.filter(({ id }) => id === end.id).length !== 1) return 'merged';
    end = next;
  }
  return end.lifecycle;
}

describe('Merges of records that nobody changed meanwhile', () => {
  it(
    'are undone in any order, to what every record was',
    () => {
      const order = fc.array(fc.nat(7), { minLength: 8, maxLength: 8 });
      fc.assert(
        fc.property(beginning, selections, order, (records, picks, ns) => {
          const register = begun(records);
          const before = seen(register);
          for (const pick of picks) mergeAny(register, pick);
          for (const n of ns) {
            const stand = standing(register);
            const mergeId = stand[n % Math.max(1, stand.length)];
            if (mergeId !== undefined) expect(register.undo(mergeId).conflicts).toEqual([]);
          }
          expect(standing(register)).toEqual([]);
          expect(seen(register)).toEqual(before);
        }),
        { numRuns: RUNS * 3 },
      );
    },
    LIMIT_MS,
  );

  it(
    'lose no value and invent none, in whatever order and chain they are made',
    () => {
      fc.assert(
        fc.property(beginning, selections, (records, picks) => {
          const register = begun(records);
          const given = atoms(register.refs().map(register.state), SETTINGS);
          for (const pick of picks) mergeAny(register, pick);
          expect(keptAtoms(register)).toEqual(given);
        }),
        { numRuns: RUNS * 3 },
      );
    },
    LIMIT_MS,
  );

  it(
    'leave, when one is undone, what there would be without it',
    () => {
      fc.assert(
        fc.property(beginning, selections, fc.nat(7), (records, picks, n) => {
          const register = begun(records);
          for (const pick of picks) mergeAny(register, { ...pick, choices: {} });
          const ids = standing(register);
          const undone = ids[n % Math.max(1, ids.length)];
          if (undone === undefined) return;
          register.undo(undone);
          const without = begun(records);
          for (const id of standing(register)) without.merge(requestOf(register, id));
          expect(known(register)).toEqual(known(without));
        }),
        { numRuns: RUNS * 3 },
      );
    },
    LIMIT_MS,
  );
});

function requestOf(register: Register, mergeId: string): MergeRequest {
  const survivor = register.merges().get(mergeId) as RecordRef;
  const { plan } = register.state(survivor).merges[mergeId] as CommittedMerge;
  return { records: [survivor, ...plan.records.map(refOf)], survivor };
}
