import { type TProperties, Type } from '@sinclair/typebox';
import { RECORD_TYPES } from '#crm';
import { id, instant, oneOf } from '../../http/schemas.js';

export const position = Type.Integer({
  description: 'Where in the whole log; give it as `after`.',
});
export const revision = Type.Integer({ minimum: 0, description: 'The version, as in the ETag.' });
export const ref = Type.Object({ type: oneOf(RECORD_TYPES, 'Its type.'), id: id('Its id.') });
export const attachment = Type.Object({
  id: id('Its id.'),
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer({ description: 'Bytes.' }),
  sha256: Type.String(),
});

/** What is answered may have members that are not described. */
export const open = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: true });
export const NEXT = Type.Optional(Type.String({ description: 'The cursor of the next page.' }));
/** A page of a list. */
export const listOf = (properties: TProperties) =>
  open({ items: Type.Array(open(properties)), next: NEXT });
/** A page of what is around a record. */
export const aroundOf = (properties: TProperties) =>
  open({
    ...listOf(properties).properties,
    incomplete: Type.Optional(
      Type.Boolean({
        description: 'Set when more records are behind this one than are looked into.',
      }),
    ),
  });
/** When something has to be dealt with. */
export const DEADLINE = Type.Optional(
  open({
    id: id('Another one whenever time is counted anew.'),
    startedAt: instant('Since when time counts.'),
    dueAt: instant('By when it has to be dealt with.'),
    entryId: Type.Optional(Type.String({ description: 'The entry of the overdue policy.' })),
    repeatHours: Type.Optional(Type.Integer({ description: 'Reminds again every so often.' })),
    snoozedUntil: Type.Optional(instant('Nobody is reminded before.')),
    handledAt: Type.Optional(instant('Set once it is handled.')),
  }),
);
