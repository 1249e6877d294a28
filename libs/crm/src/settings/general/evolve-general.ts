import { withChanges } from '../parts/changes.js';
import type { Settings } from '../settings.js';
import type { GeneralEvent } from './general-events.js';

/** What an event of required fields or general settings changes of the settings. */
export function evolveGeneral(settings: Settings, event: GeneralEvent): Partial<Settings> {
  switch (event.type) {
    case 'RequiredFieldsChanged': {
      const { recordType, to } = event.data;
      return { requiredFields: { ...settings.requiredFields, [recordType]: to } };
    }
    case 'GeneralSettingsChanged': {
      const { phoneRegion, currency, timeZone } = settings;
      return withChanges({ phoneRegion, currency, timeZone }, event.data.changes);
    }
  }
}
