import { withChanges } from '../parts/changes.js';
import type { CustomFieldDefinition, Settings } from '../settings.js';
import type { CustomFieldDefined, CustomFieldEvent } from './custom-field-events.js';

/** What an event of custom fields changes of the settings. */
export function evolveCustomFields(settings: Settings, event: CustomFieldEvent): Partial<Settings> {
  switch (event.type) {
    case 'CustomFieldDefined':
      return { customFields: defined(settings, event.data) };
    case 'CustomFieldEdited':
      return editField(settings, event.data, (field) => withChanges(field, event.data.changes));
    case 'CustomFieldRetired':
      return editField(settings, event.data, (field) => ({ ...field, retired: true }));
  }
}

function defined(
  { customFields }: Settings,
  { definition }: CustomFieldDefined['data'],
): readonly CustomFieldDefinition[] {
  const others = customFields.filter(
    ({ recordType, key }) => recordType !== definition.recordType || key !== definition.key,
  );
  return [...others, definition];
}

function editField(
  { customFields }: Settings,
  { recordType, key }: Pick<CustomFieldDefinition, 'recordType' | 'key'>,
  edit: (field: CustomFieldDefinition) => CustomFieldDefinition,
): Partial<Settings> {
  return {
    customFields: customFields.map((field) =>
      field.recordType === recordType && field.key === key ? edit(field) : field,
    ),
  };
}
