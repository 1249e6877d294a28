import { type TSchema, Type } from '@sinclair/typebox';
import { VALUE_LIMITS } from '#crm';

/** Parts that bodies of many routes share. Lengths guard against nonsense; finer rules are the domain's. */
export const id = (description: string) => Type.String({ format: 'uuid', description });
export const instant = (description: string) => Type.String({ format: 'date-time', description });
export const line = (description: string, maxLength = 255) =>
  Type.String({ maxLength, format: 'line', description });
/** Any number of lines. */
export const lines = (description: string) =>
  Type.String({ maxLength: VALUE_LIMITS.longText, format: 'lines', description });
export const slug = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, format: 'line', description });
export const oneOf = <Word extends string>(words: readonly Word[], description: string) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    { description },
  );
export const orNull = <Schema extends TSchema>(schema: Schema) =>
  Type.Union([schema, Type.Null()], {
    ...(schema.description && { description: schema.description }),
  });
export const optional = Type.Optional;

/** An object that takes no other members. */
export const closed = <Properties extends Record<string, TSchema>>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

/** When what a command tells happened. Every command on records takes it, from callers with the `import` right. */
export const OCCURRED_AT = {
  occurredAt: optional(
    instant('When it happened, if not now: needs the right to import. Not in the future.'),
  ),
};

/** Members of a query. */
export const AFTER = optional(
  Type.Integer({
    minimum: -1,
    maximum: Number.MAX_SAFE_INTEGER,
    description:
      'A position that a command answered: waits until the answer includes it, or says 503.',
  }),
);
export const LIMIT = optional(
  Type.Integer({ minimum: 1, maximum: 200, description: 'Most entries of the page. Default 50.' }),
);
export const CURSOR = optional(line('`next` of the page before.', 8_000));
