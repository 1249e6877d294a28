import { Kind, type TSchema, Type, TypeRegistry } from '@sinclair/typebox';
import {
  FIELD_CATALOGUE,
  type FieldDefinition,
  isUuid,
  jsonSchemaOf,
  type RecordType,
  TAG_LIMITS,
} from '#crm';
import { closed, id, OCCURRED_AT, optional, orNull, slug } from '../http/schemas.js';

/** A value that the domain reads; here only ids are looked at, so that nothing is looked up under what is none. */
const CATALOGUE_VALUE = 'CatalogueValue';
TypeRegistry.Set<TSchema>(
  CATALOGUE_VALUE,
  ({ format }, value) =>
    format !== 'uuid' || value === null || value === '' || isUuid(String(value).toLowerCase()),
);

function schemaOf(field: FieldDefinition): TSchema {
  return optional(Type.Unsafe<unknown>({ ...jsonSchemaOf(field), [Kind]: CATALOGUE_VALUE }));
}

/** The default fields of a record type, each optional; from the catalogue, so that a new field needs no line here. */
export function fieldSchemas(type: RecordType): Record<string, TSchema> {
  return Object.fromEntries(FIELD_CATALOGUE[type].map((field) => [field.name, schemaOf(field)]));
}

/** Values of custom fields. */
export const CUSTOM = optional(
  Type.Record(Type.String(), Type.Unknown(), {
    description: 'Values of custom fields by their keys, as the settings define them.',
  }),
);

export const TAGS = (description: string) =>
  optional(Type.Array(Type.String(), { maxItems: TAG_LIMITS.count, description }));

const STAGED = {
  pipelineId: optional(slug('The pipeline; needed where several are in use.')),
  stageId: optional(slug('The stage to start at; the first of the pipeline when left out.')),
};

/** The members that a capture may have beside the fields of its record type. */
const CAPTURE = {
  custom: CUSTOM,
  tags: TAGS('Tags.'),
  ownerId: optional(orNull(id('The user who owns the record.'))),
  teamId: optional(orNull(id('The team that the record belongs to.'))),
  ...OCCURRED_AT,
};

/** The body that captures a record. */
export function captureBody(type: RecordType) {
  const staged = type === 'lead' || type === 'opportunity';
  return closed({ ...fieldSchemas(type), ...CAPTURE, ...(staged ? STAGED : {}) });
}

/** The body that edits a record; `null` empties a field. */
export function editBody(type: RecordType) {
  return closed({ ...fieldSchemas(type), custom: CUSTOM, ...OCCURRED_AT });
}

/** The members of a body that are values of the record's own fields. */
export function fieldsIn(
  type: RecordType,
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { name } of FIELD_CATALOGUE[type]) {
    if (body[name] !== undefined) fields[name] = body[name];
  }
  return fields;
}

/** Values for the fields of a record type, as examples. */
export function exampleOf(type: RecordType, names?: readonly string[]): Record<string, unknown> {
  const fields = FIELD_CATALOGUE[type].filter(({ name, target }) =>
    names ? names.includes(name) : target === undefined,
  );
  return Object.fromEntries(fields.map(({ name, example }) => [name, example]));
}
