import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { type MergeRequest, RECORD_TYPES, type UndoDecisions } from '#crm';
import { EXAMPLE_ID } from '../http/examples.js';
import { closed, id, line, OCCURRED_AT, oneOf, optional } from '../http/schemas.js';

/** More than any configured limit: how many may be merged is the domain's to say. */
const MOST_IN_BODY = 1_000;

const record = (description: string) =>
  closed({ type: oneOf(RECORD_TYPES, 'Its type.'), id: id(description) });

const SELECTION = {
  records: Type.Array(record('A record.'), {
    minItems: 2,
    maxItems: MOST_IN_BODY,
    description:
      'What to merge, in any order: leads and opportunities with each other, contacts and accounts among themselves.',
  }),
  survivor: optional(record('The one that is to survive, instead of whom the policy says.')),
  policy: optional(
    oneOf(['first-created', 'furthest'], 'How the survivor is found. Default first-created.'),
  ),
  choices: optional(
    Type.Record(Type.String({ maxLength: 100 }), record('The record whose value is taken.'), {
      description:
        'By field (`custom.<key>` for custom ones, `ownerId` for owner and team): whose value is taken, whatever the rules say.',
    }),
  ),
};

export const PREVIEW_BODY = closed(SELECTION);
export const MERGE_BODY = closed({
  ...SELECTION,
  basis: optional(
    line('`basis` of the preview that you saw: 409 when the plan is another by now.'),
  ),
  ...OCCURRED_AT,
});
const decision = oneOf(['revert', 'keep'], 'What to do.');
const DECISIONS = {
  conflicts: optional(
    Type.Union(
      [
        Type.Record(Type.String({ maxLength: 100 }), decision, {
          description:
            'By field (`custom.<key>` for custom ones, `ownerId` for owner and team): for every record on which it is in conflict.',
        }),
        Type.Array(
          closed({
            record: record('The record that is in conflict.'),
            field: line('The field.', 100),
            decision,
          }),
          { maxItems: MOST_IN_BODY, description: 'Record by record.' },
        ),
      ],
      {
        description:
          'What becomes of fields that were changed since the merge: whether what would be there without it comes back. Kept when left out.',
      },
    ) as TSchema,
  ),
};
export const UNDO_PREVIEW_BODY = closed(DECISIONS);
export const UNDO_BODY = closed({
  ...DECISIONS,
  basis: MERGE_BODY.properties.basis,
  ...OCCURRED_AT,
});

export type SelectionBody = Static<typeof PREVIEW_BODY>;
export type MergeBody = Static<typeof MERGE_BODY>;
/** The schema names the words, which its type forgets. */
export type UndoBody = Omit<Static<typeof UNDO_BODY>, 'conflicts'> & {
  readonly conflicts?: UndoDecisions;
};

export const EXAMPLE_SELECTION = {
  records: [
    { type: 'lead', id: EXAMPLE_ID },
    { type: 'lead', id: '22222222-2222-4222-8222-222222222222' },
  ],
};

/** The selection as the domain takes it. */
export function requestFrom({ records, survivor, policy, choices }: SelectionBody): MergeRequest {
  return {
    records,
    ...(survivor && { survivor }),
    ...(policy && { policy }),
    ...(choices && { choices }),
  };
}
