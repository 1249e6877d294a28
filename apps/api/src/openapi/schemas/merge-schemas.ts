import { Type } from '@sinclair/typebox';
import { id, oneOf } from '../../http/schemas.js';
import { listOf, open, position, ref, revision } from './parts.js';

/** A value that a merge did not take. */
export const LOST = open({
  record: ref,
  field: Type.String(),
  shortened: Type.Optional(
    Type.Literal(true, {
      description: 'Only the beginning; the whole is in the history of the record.',
    }),
  ),
});

export const UNLISTED_LOST = Type.Optional(
  Type.Integer({ description: 'How many there are beside those told.' }),
);

const MERGE = open({
  id: id('Its id.'),
  survivor: ref,
  records: Type.Array(ref, { description: 'Those merged away.' }),
  completed: Type.Boolean(),
});

/** Of merging records. */
export const MERGE_SCHEMAS = {
  MergePreview: open({
    survivor: ref,
    mergedAway: Type.Array(ref),
    fields: Type.Array(open({ field: Type.String(), rule: Type.String() })),
    lost: Type.Array(LOST),
  }),
  MergeResult: open({
    id: id('The merge.'),
    ...{ revision, position, survivor: ref, mergedAway: Type.Array(ref) },
    lost: Type.Array(LOST),
    unlistedLost: UNLISTED_LOST,
  }),
  MergeUndoPreview: open({
    survivor: ref,
    livingEnd: Type.Object(ref.properties, {
      description:
        'The record that stands for the survivor now: itself, unless it was merged away.',
    }),
    restores: Type.Array(ref),
    changes: Type.Array(open({ record: ref, field: Type.String() }), {
      description: 'On the survivor, then on each record that it was merged into since.',
    }),
    removedTags: Type.Array(Type.String(), { description: 'Tags that the survivor loses.' }),
    above: Type.Optional(
      Type.Array(open({ record: ref, removedTags: Type.Array(Type.String()) }), {
        description:
          'Tags that go and the owner who has them again, of the records that the survivor was merged into since, the nearest first.',
      }),
    ),
    conflicts: Type.Array(
      open({
        record: ref,
        field: Type.String(),
        decision: oneOf(['keep', 'revert'], 'What becomes of it.'),
      }),
    ),
    stays: Type.Array(open({ record: ref, eventId: id('The event.'), type: Type.String() })),
    basis: Type.String(),
  }),
  MergeUndoResult: open({
    ...{ id: id('The merge.'), undoId: id('The undoing.'), revision, position },
    ...{ survivor: ref, restored: Type.Array(ref) },
    kept: Type.Array(Type.String(), {
      description: 'Fields of the survivor that were changed since and stay.',
    }),
    above: Type.Optional(
      Type.Array(open({ record: ref, kept: Type.Array(Type.String()) }), {
        description: 'The same of each record that the survivor was merged into since.',
      }),
    ),
  }),
  Merge: MERGE,
  MergePage: listOf(MERGE.properties),
} as const;
