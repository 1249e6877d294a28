import { Refusal } from '../../kernel/refusal.js';
import { brokenRule, InputReading } from '../../record/values/input-reading.js';
import { changesBetween } from '../parts/changes.js';
import { type CustomFieldDefinition, customFieldOf, type Settings } from '../settings.js';
import type {
  CustomFieldCommand,
  DefineCustomField,
  EditCustomField,
} from './custom-field-commands.js';
import type { CustomFieldEvent } from './custom-field-events.js';
import { isSameKey, readDefinition } from './read-custom-field.js';

/** Most custom fields of a record type, retired ones too. */
const MAX_CUSTOM_FIELDS = 200;

/** Decides the commands on custom fields (PRODUCT.md P7). */
export function decideCustomField(
  settings: Settings,
  command: CustomFieldCommand,
): readonly CustomFieldEvent[] {
  switch (command.kind) {
    case 'define-custom-field':
      return define(settings, command);
    case 'edit-custom-field':
      return edit(settings, command);
    case 'retire-custom-field': {
      const { recordType, key } = command;
      return requireField(settings, recordType, key).retired
        ? []
        : [{ type: 'CustomFieldRetired', data: { recordType, key } }];
    }
  }
}

function define(settings: Settings, command: DefineCustomField): readonly CustomFieldEvent[] {
  const { conversionId } = command;
  const reading = new InputReading();
  // A field that a conversion carries over keeps its key, whatever the target's own fields are called.
  const reserveDefaults = conversionId === undefined;
  const definition = readDefinition(reading, command.definition, reserveDefaults);
  reading.finish();
  const { recordType, key } = definition;
  const ofType = settings.customFields.filter((field) => field.recordType === recordType);
  const existing = ofType.find((field) => field.key === key);
  const alike = reserveDefaults && ofType.find((field) => isSameKey(field.key, key));
  if (existing && changesBetween(existing, definition).length === 0) return [];
  // Carried over once; what became of it on the target since is the target's own.
  if (conversionId !== undefined && existing?.type === definition.type) return [];
  if (existing && !(existing.retired && existing.type === definition.type))
    throw keyTaken(existing);
  if (!existing && alike) throw keyTaken(alike);
  if (!existing && ofType.length >= MAX_CUSTOM_FIELDS) {
    throw brokenRule(
      'too_many_custom_fields',
      'key',
      `A record type has at most ${MAX_CUSTOM_FIELDS} custom fields, retired ones counted.`,
    );
  }
  const data = { definition, ...(conversionId !== undefined && { conversionId }) };
  return [{ type: 'CustomFieldDefined', data }];
}

function keyTaken(existing: CustomFieldDefinition): Refusal {
  return new Refusal('conflict', 'custom_field_exists', 'Another custom field has this key.', {
    errors: [{ path: 'key', code: 'duplicate_key', message: 'This key is taken.' }],
    facts: { existing },
  });
}

function edit(settings: Settings, command: EditCustomField): readonly CustomFieldEvent[] {
  const { recordType, key, label, options, required, matchKey } = command;
  const field = requireField(settings, recordType, key);
  if (!customFieldOf(settings, recordType, key)) {
    throw new Refusal('conflict', 'custom_field_retired', 'The custom field is retired.');
  }
  const wanted = {
    ...field,
    label: label ?? field.label,
    options: options ?? field.options,
    required: required ?? field.required,
    matchKey: matchKey ?? field.matchKey,
  };
  const reading = new InputReading();
  const edited = readDefinition(reading, wanted, false);
  reading.finish();
  const changes = changesBetween(field, edited);
  return changes.length === 0
    ? []
    : [{ type: 'CustomFieldEdited', data: { recordType, key, changes } }];
}

function requireField(settings: Settings, recordType: string, key: string): CustomFieldDefinition {
  const field = settings.customFields.find(
    (candidate) => candidate.recordType === recordType && candidate.key === key,
  );
  if (field) return field;
  throw new Refusal('not-found', 'custom_field_not_found', 'There is no such custom field.');
}
