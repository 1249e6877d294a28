import type { CustomFieldInput } from '../src/settings/custom-fields/custom-field-commands.js';
import { withEvent } from '../src/settings/evolve-settings.js';
import { NO_SETTINGS, type Settings } from '../src/settings/settings.js';
import type { SettingsCommand } from '../src/settings/settings-commands.js';
import { decideSettings, settingsDecider } from '../src/settings/settings-decider.js';
import type { SettingsEvent } from '../src/settings/settings-events.js';
import { given, OTHER_ID } from './given.js';

export const CALENDAR = {
  kind: 'add-calendar',
  calendarId: 'office',
  name: 'Giờ hành chính',
  timeZone: 'Asia/Ho_Chi_Minh',
  hours: {
    1: [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  },
  holidays: [{ date: '2026-09-02', name: 'Quốc khánh' }],
} as const satisfies SettingsCommand;

export const RULE = {
  kind: 'add-assignment-rule',
  ruleId: 'cameras',
  name: 'Camera Ezviz',
  filter: { products: 'Ezviz C6T 2MP' },
  handler: { kind: 'user', userId: OTHER_ID },
} as const satisfies SettingsCommand;

export const RECIPIENTS = {
  kind: 'add-recipient-rule',
  ruleId: 'large',
  name: 'Hợp đồng lớn',
  to: [{ kind: 'role', role: 'manager' }],
} as const satisfies SettingsCommand;

export const SALES = {
  kind: 'define-pipeline',
  pipelineId: 'sales',
  recordType: 'opportunity',
  name: 'Bán hàng',
  stages: [
    { id: 'new', name: 'Mới' },
    { id: 'offer', name: 'Báo giá' },
  ],
} as const satisfies SettingsCommand;

/** Another pipeline, so that the first is not the last of its kind. */
export const PROJECTS = { ...SALES, pipelineId: 'projects', name: 'Dự án' } as const;

export function entry(
  catalogue: 'priority' | 'processing-step' | 'lost-reason' | 'need' | 'source',
  value: string,
  label?: { readonly en: string; readonly vi: string },
): SettingsCommand {
  return { kind: 'add-catalogue-entry', catalogue, value, ...(label && { label }) };
}

export function field(key: string, part: Partial<CustomFieldInput> = {}): SettingsCommand {
  const label = { en: key, vi: key };
  return {
    kind: 'define-custom-field',
    definition: { recordType: 'opportunity', key, type: 'text', label, ...part },
  };
}

/** What commands decide, one after the other. */
export function eventsOf(...commands: readonly SettingsCommand[]): readonly SettingsEvent[] {
  const events: SettingsEvent[] = [];
  let settings = NO_SETTINGS;
  for (const command of commands) {
    const decided = decideSettings(settings, command);
    events.push(...decided);
    settings = decided.reduce(withEvent, settings);
  }
  return events;
}

/** The settings after these commands. */
export function settingsAfter(...commands: readonly SettingsCommand[]): Settings {
  return eventsOf(...commands).reduce(withEvent, NO_SETTINGS);
}

/** Given what these commands decided. */
export function configured(...commands: readonly SettingsCommand[]) {
  return given(settingsDecider, eventsOf(...commands));
}
