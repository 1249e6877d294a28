import { Value } from '@sinclair/typebox/value';
import {
  decideSettings,
  defaultSettingsCommands,
  NO_SETTINGS,
  type Settings,
  type SettingsCommand,
  withEvent,
} from '#crm';
import { closed } from '../../http/schemas.js';
import { settingsSchema } from './all-settings.js';

const label = { en: 'Budget', vi: 'Ngân sách' };
const userId = '5e1b7d3c-0000-4000-8000-000000000001';
const COMMANDS: readonly SettingsCommand[] = [
  ...defaultSettingsCommands(),
  {
    kind: 'define-custom-field',
    definition: { recordType: 'lead', key: 'size', type: 'select', label, options: ['S', 'M'] },
  },
  { kind: 'set-required-fields', recordType: 'contact', fields: ['phones'] },
  { kind: 'add-catalogue-entry', catalogue: 'priority', value: 'Cao' },
  {
    kind: 'add-calendar',
    calendarId: 'office',
    name: 'Giờ hành chính',
    timeZone: 'Asia/Ho_Chi_Minh',
    hours: { 1: [{ from: '08:00', to: '12:00' }] },
    holidays: [{ date: '2026-09-02', name: 'Quốc khánh' }],
  },
  {
    kind: 'set-overdue-policy',
    policy: {
      entries: [
        {
          ...{ id: 'urgent', pipelineId: 'sales', priority: 'Cao' },
          ...{ allowedMinutes: 240, calendarId: 'office', repeatHours: 4 },
        },
      ],
      activities: { remind: true, graceMinutes: 30, repeatHours: 24 },
    },
  },
  {
    kind: 'add-assignment-rule',
    ...{ ruleId: 'rest', name: 'Còn lại', filter: { products: 'Camera' } },
    handler: { kind: 'team', teamId: userId, method: 'round-robin', capacity: 30 },
  },
  {
    kind: 'add-recipient-rule',
    ...{ ruleId: 'all', name: 'Mọi cơ hội' },
    to: [
      { kind: 'user', userId },
      { kind: 'role', role: 'manager' },
    ],
  },
];

function after(settings: Settings, command: SettingsCommand): Settings {
  return decideSettings(settings, command).reduce(withEvent, settings);
}

it('describes every part of all settings, and no other', () => {
  const settings = JSON.parse(JSON.stringify(COMMANDS.reduce(after, NO_SETTINGS)));
  const schema = settingsSchema(closed);
  expect([...Value.Errors(schema, settings)]).toEqual([]);
  expect(settings.customFields).toHaveLength(1);
  expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(settings).sort());
});
