import type { Decider } from '../kernel/decider.js';
import { decideAssignmentRules } from './assignment-rules/decide-assignment-rules.js';
import { decideCalendars } from './calendars/decide-calendars.js';
import { decideCatalogues } from './catalogues/decide-catalogues.js';
import { decideCustomField } from './custom-fields/decide-custom-field.js';
import { evolveSettings, withEvent } from './evolve-settings.js';
import { decideGeneral } from './general/decide-general.js';
import { decideOverdue } from './overdue/decide-overdue.js';
import { decidePipeline } from './pipelines/decide-pipeline.js';
import { decideRecipients } from './recipients/decide-recipients.js';
import { checkReferences } from './references/check-references.js';
import { NO_SETTINGS, type Settings } from './settings.js';
import type { SettingsCommand } from './settings-commands.js';
import type { SettingsEvent } from './settings-events.js';

/**
 * Decides a change of settings (PRODUCT.md P7). What is already so decides nothing. After any change, whatever settings in
 * force name is there and in use.
 * @throws Refusal with the paths of what is wrong; `unknown_reference`, `unknown_catalogue_value`, `in_use`
 */
export function decideSettings(
  settings: Settings,
  command: SettingsCommand,
): readonly SettingsEvent[] {
  const events = decideKind(settings, command);
  if (events.length > 0) checkReferences(settings, events.reduce(withEvent, settings));
  return events;
}

function decideKind(settings: Settings, command: SettingsCommand): readonly SettingsEvent[] {
  switch (command.kind) {
    case 'define-custom-field':
    case 'edit-custom-field':
    case 'retire-custom-field':
      return decideCustomField(settings, command);
    case 'set-required-fields':
    case 'change-general':
      return decideGeneral(settings, command);
    case 'add-catalogue-entry':
    case 'edit-catalogue-entry':
    case 'reorder-catalogue':
    case 'retire-catalogue-entry':
    case 'restore-catalogue-entry':
      return decideCatalogues(settings, command);
    case 'add-calendar':
    case 'edit-calendar':
    case 'retire-calendar':
    case 'restore-calendar':
      return decideCalendars(settings, command);
    case 'set-overdue-policy':
      return decideOverdue(settings, command);
    case 'add-assignment-rule':
    case 'edit-assignment-rule':
    case 'reorder-assignment-rules':
    case 'retire-assignment-rule':
    case 'restore-assignment-rule':
      return decideAssignmentRules(settings, command);
    case 'add-recipient-rule':
    case 'edit-recipient-rule':
    case 'retire-recipient-rule':
    case 'restore-recipient-rule':
      return decideRecipients(settings, command);
    default:
      return decidePipeline(settings, command);
  }
}

/** The settings as a decider over their one stream, `SETTINGS_STREAM`. */
export const settingsDecider: Decider<Settings, SettingsCommand, SettingsEvent> = {
  initial: () => NO_SETTINGS,
  decide: decideSettings,
  evolve: evolveSettings,
};
