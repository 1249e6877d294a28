import { RECORD_TYPES, recordName } from '#crm';
import { asSchemaObject, type SchemaObject } from './schema-object.js';
import { COMMON_SCHEMAS } from './schemas/common-schemas.js';
import { COMPANION_SCHEMAS } from './schemas/companion-schemas.js';
import { CONVERSION_SCHEMAS } from './schemas/conversion-schemas.js';
import { DUPLICATE_SCHEMAS } from './schemas/duplicate-schemas.js';
import { HISTORY_SCHEMAS } from './schemas/history-schemas.js';
import { MERGE_SCHEMAS } from './schemas/merge-schemas.js';
import { PEOPLE_SCHEMAS } from './schemas/people-schemas.js';
import { recordSchema } from './schemas/record-schema.js';
import { SELLING_SCHEMAS } from './schemas/selling-schemas.js';
import { SETTINGS_SCHEMAS } from './schemas/settings-schemas.js';
import { TELLING_SCHEMAS } from './schemas/telling-schemas.js';

const SCHEMAS = {
  ...COMMON_SCHEMAS,
  ...COMPANION_SCHEMAS,
  ...CONVERSION_SCHEMAS,
  ...DUPLICATE_SCHEMAS,
  ...HISTORY_SCHEMAS,
  ...MERGE_SCHEMAS,
  ...PEOPLE_SCHEMAS,
  ...SELLING_SCHEMAS,
  ...SETTINGS_SCHEMAS,
  ...TELLING_SCHEMAS,
};

/** Schemas that routes refer to by name. */
export const COMPONENTS: Readonly<Record<string, SchemaObject>> = {
  ...Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [name, asSchemaObject(schema)]),
  ),
  ...Object.fromEntries(
    RECORD_TYPES.flatMap((type) => [
      [recordName(type), recordSchema(type)],
      [
        `${recordName(type)}Page`,
        {
          type: 'object',
          required: ['items'],
          properties: {
            items: { type: 'array', items: { $ref: `#/components/schemas/${recordName(type)}` } },
            next: {
              type: 'string',
              description: 'The cursor of the next page, when there is one.',
            },
          },
        },
      ],
    ]),
  ),
};
