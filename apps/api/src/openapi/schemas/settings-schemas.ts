import { Type } from '@sinclair/typebox';
import { settingsSchema } from './all-settings.js';
import { open, position, revision } from './parts.js';

const SETTINGS = settingsSchema(open);

/** Of settings, and of who changed what. */
export const SETTINGS_SCHEMAS = {
  Settings: SETTINGS,
  SettingsResult: open({
    id: Type.String({ description: 'Of all settings: settings.' }),
    ...{ revision, position, settings: SETTINGS },
  }),
  History: open({
    items: Type.Array(open({ type: Type.String(), revision })),
    before: Type.Optional(Type.Integer({ description: 'Give it as `before` to go on.' })),
  }),
} as const;
