import { FIELD_CATALOGUE } from './catalogue.js';
import type { FieldDefinition } from './field.js';
import { jsonSchemaOf } from './field-schema.js';
import { RECORD_TYPES } from './record-type.js';

function schemaOf(type: FieldDefinition['type'], example: FieldDefinition['example']) {
  const label = { en: 'Thing', vi: 'Thứ' };
  return jsonSchemaOf({ name: 'thing', type, label, personal: false, example });
}

describe('the JSON schema of a field', () => {
  it('tells type, limits, label and example', () => {
    expect(schemaOf('text', 'a')).toEqual({
      type: ['string', 'null'],
      maxLength: 255,
      description: 'Thing',
      examples: ['a'],
    });
    expect(schemaOf('phones', ['0912 345 678'])).toMatchObject({
      type: ['array', 'null'],
      items: { type: 'string', maxLength: 50 },
      maxItems: 20,
      examples: [['0912 345 678']],
    });
    expect(schemaOf('money', { amount: 1, currency: 'VND' })).toMatchObject({
      type: ['object', 'null'],
      required: ['amount'],
      additionalProperties: false,
    });
  });

  it('names the record type that an id points at', () => {
    const account = FIELD_CATALOGUE.contact.find(({ name }) => name === 'accountId');
    expect(account && jsonSchemaOf(account).description).toContain('account');
  });

  it.each(RECORD_TYPES)('of every %s field is plain JSON', (type) => {
    for (const field of FIELD_CATALOGUE[type]) {
      const schema = jsonSchemaOf(field);
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    }
  });
});
