import { expect } from '@jest/globals';
import type { JsonObject } from '../src/kernel/json.js';
import { readValues } from '../src/record/read-values.js';
import type { RecordType } from '../src/record/record-type.js';
import {
  type CustomFieldDefinition,
  type CustomFieldType,
  NO_SETTINGS,
  type Settings,
} from '../src/settings/settings.js';

/** Path and code of everything that is wrong with raw values. */
export function errorsOf(
  type: RecordType,
  fields: JsonObject,
  custom: JsonObject = {},
  settings = NO_SETTINGS,
) {
  return readValues(type, fields, custom, settings).errors.map(({ path, code }) => [path, code]);
}

/** One raw value of a default field, which must be readable, as it is read. */
export function readOne(type: RecordType, name: string, raw: JsonObject[string]) {
  const read = readValues(type, { [name]: raw }, {}, NO_SETTINGS);
  expect(read.errors).toEqual([]);
  return read.fields[name];
}

/** Settings with the custom field `extra` on leads. */
export function withField(type: CustomFieldType, options: readonly string[] = []): Settings {
  const field: CustomFieldDefinition = {
    recordType: 'lead',
    key: 'extra',
    type,
    label: { en: 'Extra', vi: 'Thêm' },
    options,
    required: false,
    matchKey: false,
    retired: false,
  };
  return { ...NO_SETTINGS, customFields: [field] };
}
