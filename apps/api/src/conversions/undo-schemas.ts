import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { ConversionUndoDecisions } from '#crm';
import { closed, line, OCCURRED_AT, oneOf, optional } from '../http/schemas.js';

const byField = Type.Record(
  Type.String({ maxLength: 100 }),
  oneOf(['keep', 'revert'], 'What to do.'),
  {
    description:
      'By field (`custom.<key>` for custom ones, or `ownerId`): whether the value from before the conversion comes back.',
  },
);

/** An updated record is decided field by field, or with one word for all of its fields. */
const updatable = (type: string) =>
  optional(
    Type.Union([oneOf(['keep', 'withdraw', 'revert'], 'One word for the record.'), byField], {
      description: `Of the ${type}: \`withdraw\` it although it was changed since, where the conversion created it; take changed fields back where it updated it.`,
    }) as TSchema,
  );

const DECISIONS = {
  conflicts: optional(
    Type.Object(
      {
        contact: updatable('contact'),
        account: updatable('account'),
        opportunity: updatable('opportunity'),
      },
      {
        additionalProperties: false,
        description: 'What to do about what was changed since the conversion. Kept when left out.',
      },
    ),
  ),
};

export const UNDO_PREVIEW_BODY = closed(DECISIONS);
export const UNDO_BODY = closed({
  ...DECISIONS,
  basis: optional(
    line('`basis` of the preview that you saw: 409 when the plan is another by now.'),
  ),
  ...OCCURRED_AT,
});

/** The schema names the words, which its type forgets. */
export type UndoBody = Omit<Static<typeof UNDO_BODY>, 'conflicts'> & {
  readonly conflicts?: ConversionUndoDecisions;
};

export const EXAMPLE_DECISIONS = {
  conflicts: { contact: { jobTitle: 'revert' }, opportunity: 'withdraw' },
};
