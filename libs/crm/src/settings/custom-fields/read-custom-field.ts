import { FIELD_CATALOGUE } from '../../record/catalogue.js';
import { RECORD_TYPES } from '../../record/record-type.js';
import type { InputReading } from '../../record/values/input-reading.js';
import { foldName } from '../parts/names.js';
import { readFlag, refuseRepeated } from '../parts/read-parts.js';
import {
  CUSTOM_FIELD_TYPES,
  type CustomFieldDefinition,
  type CustomFieldType,
} from '../settings.js';
import type { CustomFieldInput } from './custom-field-commands.js';

/** Most options of a select. */
const MAX_OPTIONS = 200;

const KEY = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** What records and documents call their own parts; a custom field of that name would be mistaken for it. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['id', 'type', 'fields', 'custom', 'tags', 'ownerId', 'teamId', 'lifecycle', 'origins'],
  ...['notes', 'attachments', 'mergedInto', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'],
  ...[
    'pipelineId',
    'stageId',
    'stageSince',
    'outcome',
    'lostReason',
    'lostDetail',
    'closedAt',
    'probabilityBy',
    'status',
  ],
  ...['revision', 'position', 'prototype'],
]);
const RESERVED_FOLDED: ReadonlySet<string> = new Set([...RESERVED].map(foldName));

/** Types whose values tell records apart: equal ones can be a sign of a duplicate. Of the others many records share one. */
const TELLING: ReadonlySet<CustomFieldType> = new Set(['text', 'number', 'money', 'date']);

/** A custom field's definition in its full form, its parts checked. */
export function readDefinition(
  reading: InputReading,
  input: CustomFieldInput,
  reserveDefaults: boolean,
): CustomFieldDefinition {
  const { recordType, key, type } = input;
  reading.refuseUnless(
    RECORD_TYPES.includes(recordType),
    'recordType',
    'unknown_record_type',
    `This is one of: ${RECORD_TYPES.join(', ')}.`,
  );
  reading.refuseUnless(
    CUSTOM_FIELD_TYPES.includes(type),
    'type',
    'unknown_field_type',
    `This is one of: ${CUSTOM_FIELD_TYPES.join(', ')}.`,
  );
  checkKey(reading, input, 'key', reserveDefaults);
  return {
    recordType,
    key,
    type,
    label: {
      en: reading.name(input.label?.en, 'label.en'),
      vi: reading.name(input.label?.vi, 'label.vi'),
    },
    options: readOptions(reading, input, 'options'),
    required: readFlag(reading, input.required, 'required'),
    matchKey: readMatchKey(reading, input, 'matchKey'),
    retired: false,
  };
}

function checkKey(
  reading: InputReading,
  { recordType, key }: CustomFieldInput,
  path: string,
  reserveDefaults: boolean,
): void {
  if (typeof key !== 'string' || !KEY.test(key)) {
    const message = 'This must be a letter, then letters, digits and underscores, 64 at most.';
    reading.refuse(path, 'invalid_key', message);
  } else if (RESERVED_FOLDED.has(foldName(key)) || key in {}) {
    reading.refuse(path, 'reserved_key', 'This key is reserved.');
  } else if (
    reserveDefaults &&
    RECORD_TYPES.includes(recordType) &&
    FIELD_CATALOGUE[recordType].some(({ name }) => isSameKey(name, key))
  ) {
    reading.refuse(path, 'reserved_key', `The ${recordType} has a field of its own by this name.`);
  }
}

/** Keys differ by more than their case: people write them by hand, in files and conditions. */
export function isSameKey(key: string, other: string): boolean {
  return key.toLowerCase() === other.toLowerCase();
}

function readMatchKey(
  reading: InputReading,
  { type, matchKey }: CustomFieldInput,
  path: string,
): boolean {
  const flag = readFlag(reading, matchKey, path);
  const message =
    'Values of this type are shared by many records: they are no sign of a duplicate.';
  const telling = !CUSTOM_FIELD_TYPES.includes(type) || TELLING.has(type);
  reading.refuseUnless(!flag || telling, path, 'no_match_key', message);
  return flag;
}

function readOptions(
  reading: InputReading,
  { type, options = [] }: CustomFieldInput,
  path: string,
): readonly string[] {
  if (!Array.isArray(options)) {
    reading.refuse(path, 'wrong_type', 'This must be a list.');
    return [];
  }
  const isSelect = type === 'select' || type === 'multi-select';
  if (isSelect && options.length === 0) {
    reading.refuse(path, 'required', 'A select needs options.');
  }
  if (!isSelect && options.length > 0) {
    reading.refuse(path, 'options_not_allowed', 'Only selects have options.');
  }
  if (options.length > MAX_OPTIONS) {
    reading.refuse(path, 'too_many', `At most ${MAX_OPTIONS} options.`);
    return [];
  }
  const names = options.map((option, index) => reading.name(option, `${path}.${index}`));
  refuseRepeated(
    reading,
    names.map(foldName),
    (index) => `${path}.${index}`,
    'duplicate_option',
    'This option is there.',
  );
  return names;
}
