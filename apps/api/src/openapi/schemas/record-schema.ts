import { type TProperties, Type } from '@sinclair/typebox';
import { FIELD_CATALOGUE, jsonSchemaOf, type RecordType } from '#crm';
import { id, instant, oneOf } from '../../http/schemas.js';
import { asSchemaObject, type SchemaObject } from '../schema-object.js';
import { attachment, DEADLINE, open, position, ref, revision } from './parts.js';

/** What records have that move through stages. */
const PLACE = Type.Object({
  pipelineId: Type.Optional(Type.String()),
  stageId: Type.Optional(Type.String()),
  stageSince: Type.Optional(instant('Since when it stands in its stage.')),
  lostReason: Type.Optional(Type.String({ description: 'Of a lost one.' })),
  lostDetail: Type.Optional(Type.String({ description: 'More about the loss.' })),
  closedAt: Type.Optional(
    instant('The closing date: when it was won or lost. Reopening clears it.'),
  ),
});
const PROBABILITY_BY = Type.Object({
  probabilityBy: Type.Optional(
    oneOf(
      ['stage', 'hand', 'outcome'],
      'What says how probable it is: its stage, a person (until probability is emptied), or that it is won or lost.',
    ),
  ),
});
const OF_TYPE: Readonly<Partial<Record<RecordType, TProperties>>> = {
  lead: PLACE.properties,
  opportunity: { ...PLACE.properties, ...PROBABILITY_BY.properties },
};

/** A record as lists and views show it. */
export function recordSchema(type: RecordType): SchemaObject {
  const own = FIELD_CATALOGUE[type].map((field) => [field.name, jsonSchemaOf(field)] as const);
  const common = asSchemaObject(
    Type.Object({
      id: id('Its id.'),
      type: Type.Literal(type),
      status: Type.String({ description: 'open, won, lost, active, deleted, merged' }),
      custom: Type.Record(Type.String(), Type.Unknown()),
      tags: Type.Array(Type.String()),
      ownerId: Type.Optional(id('The owner.')),
      teamId: Type.Optional(id('The team.')),
      ...(type === 'opportunity' && { deadline: DEADLINE }),
      attachments: Type.Array(attachment),
      absorbed: Type.Optional(
        Type.Array(open({ ...ref.properties, mergeId: id('The merge.') }), {
          description: 'Records that were merged into it and do not stand alone again.',
        }),
      ),
      mergedInto: Type.Optional(
        Type.Object(ref.properties, {
          description: 'Of a merged one: the record that stands for it, at the end of the chain.',
        }),
      ),
      mergedFirstInto: Type.Optional(
        Type.Object(ref.properties, {
          description: 'The record that it was merged into itself, where that is another.',
        }),
      ),
      ...OF_TYPE[type],
      createdAt: instant('When it was captured.'),
      updatedAt: instant('When it was changed last.'),
      createdBy: Type.String(),
      updatedBy: Type.String(),
      revision,
      position,
    }),
  );
  const properties = { ...common.properties, ...Object.fromEntries(own) };
  return { ...common, properties, additionalProperties: true } as SchemaObject;
}
