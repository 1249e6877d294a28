import type { JsonObject } from '../kernel/json.js';
import type { FieldDefinition, FieldType } from './field.js';
import { ADDRESS_MEMBERS } from './values/address.js';
import { VALUE_LIMITS } from './values/limits.js';

/** A field of the catalogue as JSON Schema 2020-12, for the API description. `null` empties the field. */
export function jsonSchemaOf(field: FieldDefinition): JsonObject {
  const { type, ...rules } = SCHEMAS[field.type];
  return {
    type: [type, 'null'],
    ...rules,
    description: field.target
      ? `${field.label.en} (the id of a record of type ${field.target})`
      : field.label.en,
    examples: [typeof field.example === 'object' ? structuredClone(field.example) : field.example],
  } as JsonObject;
}

type Rules = JsonObject & { readonly type: string };

function text(maxLength: number, format?: string): Rules {
  return { type: 'string', maxLength, ...(format && { format }) };
}

function list(items: Rules, maxItems: number): Rules {
  return { type: 'array', items, maxItems };
}

/** Where input may be looser than a format (a display name, a missing scheme), the format is left to the reader. */
const SCHEMAS: Readonly<Record<FieldType, Rules>> = {
  text: text(VALUE_LIMITS.text),
  longText: text(VALUE_LIMITS.longText),
  email: text(VALUE_LIMITS.email, 'idn-email'),
  url: text(VALUE_LIMITS.url, 'iri-reference'),
  date: { type: 'string', format: 'date' },
  texts: list(text(VALUE_LIMITS.text), VALUE_LIMITS.textEntries),
  emails: list(text(VALUE_LIMITS.email, 'idn-email'), VALUE_LIMITS.listEntries),
  phones: list(text(VALUE_LIMITS.phone), VALUE_LIMITS.listEntries),
  money: {
    type: 'object',
    properties: {
      amount: {
        type: 'integer',
        minimum: Number.MIN_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'In minor units of the currency',
      },
      currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217' },
    },
    required: ['amount'],
    additionalProperties: false,
  },
  percent: { type: 'number', minimum: 0, maximum: 100 },
  address: {
    type: 'object',
    properties: Object.fromEntries(
      ADDRESS_MEMBERS.map((member) => [
        member,
        { type: ['string', 'null'], maxLength: VALUE_LIMITS.text },
      ]),
    ),
    additionalProperties: false,
  },
  record: { type: 'string', format: 'uuid' },
};
