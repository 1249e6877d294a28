import { Type } from '@sinclair/typebox';
import { id, instant, oneOf } from '../../http/schemas.js';
import { listOf, open, position, ref, revision } from './parts.js';

const CONVERSION = open({
  id: id('Its id.'),
  leadId: id('The lead.'),
  case: Type.Integer({ description: 'The case of the suggestion, 1 to 5.' }),
  completed: Type.Boolean(),
  undone: Type.Optional(
    open({
      undoId: id('The undoing.'),
      at: instant('When it was undone.'),
      completed: Type.Boolean(),
    }),
  ),
});

/** Of converting leads. */
export const CONVERSION_SCHEMAS = {
  ConversionPreview: open({ leadId: id('The lead.'), revision, case: Type.Integer() }),
  ConversionResult: open({ id: id('The lead.'), revision, position, conversion: open({}) }),
  BulkConversion: open({
    converted: Type.Integer(),
    refused: Type.Integer(),
    results: Type.Array(open({ leadId: id('The lead.') })),
  }),
  ConversionUndoPreview: open({
    conversionId: id('The conversion.'),
    leadId: id('The lead.'),
    revision,
    withdrawn: Type.Array(ref),
    reverted: Type.Array(open({ record: ref })),
    kept: Type.Array(
      open({
        record: ref,
        field: Type.Optional(Type.String()),
        reason: Type.String({
          description:
            'changed_since, referred_to, other_conversion, notes, attachments, activities, merged, deleted, untouched',
        }),
        by: Type.Array(
          open({ type: Type.String(), id: id('What uses it, as far as you see it.') }),
        ),
      }),
    ),
    conflicts: Type.Array(
      open({
        record: ref,
        field: Type.Optional(Type.String()),
        decision: oneOf(['keep', 'withdraw', 'revert'], 'What becomes of it.'),
      }),
    ),
    basis: Type.String(),
  }),
  Conversion: CONVERSION,
  ConversionPage: listOf(CONVERSION.properties),
} as const;
