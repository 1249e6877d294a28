import type { Happened } from '../kernel/event.js';
import { evolveAssignmentRules } from './assignment-rules/evolve-assignment-rules.js';
import { evolveCalendars } from './calendars/evolve-calendars.js';
import { evolveCatalogues } from './catalogues/evolve-catalogues.js';
import { evolveCustomFields } from './custom-fields/evolve-custom-fields.js';
import { evolveGeneral } from './general/evolve-general.js';
import { evolvePipelines } from './pipelines/evolve-pipelines.js';
import { evolveRecipients } from './recipients/evolve-recipients.js';
import type { Settings } from './settings.js';
import type { SettingsEvent } from './settings-events.js';

/** Folds a settings event; each counts as one revision, known or not. */
export function evolveSettings(settings: Settings, event: Happened<SettingsEvent>): Settings {
  return withEvent(settings, event);
}

/** As `evolveSettings`, for what is only decided: nothing of settings depends on who changed them when. */
export function withEvent(settings: Settings, event: SettingsEvent): Settings {
  return { ...settings, ...partOf(settings, event), revision: settings.revision + 1 };
}

function partOf(settings: Settings, event: SettingsEvent): Partial<Settings> {
  switch (event.type) {
    case 'PipelineDefined':
    case 'PipelineRenamed':
    case 'PipelineRetired':
    case 'PipelineRestored':
    case 'PipelineStageAdded':
    case 'PipelineStageEdited':
    case 'PipelineStagesReordered':
    case 'PipelineStageRetired':
    case 'PipelineStageRestored':
      return evolvePipelines(settings, event);
    case 'CustomFieldDefined':
    case 'CustomFieldEdited':
    case 'CustomFieldRetired':
      return evolveCustomFields(settings, event);
    case 'RequiredFieldsChanged':
    case 'GeneralSettingsChanged':
      return evolveGeneral(settings, event);
    case 'CatalogueEntryAdded':
    case 'CatalogueEntryEdited':
    case 'CatalogueReordered':
    case 'CatalogueEntryRetired':
    case 'CatalogueEntryRestored':
      return evolveCatalogues(settings, event);
    case 'CalendarAdded':
    case 'CalendarEdited':
    case 'CalendarRetired':
    case 'CalendarRestored':
      return evolveCalendars(settings, event);
    case 'OverduePolicyChanged':
      return { overduePolicy: event.data.to };
    case 'AssignmentRuleAdded':
    case 'AssignmentRuleEdited':
    case 'AssignmentRulesReordered':
    case 'AssignmentRuleRetired':
    case 'AssignmentRuleRestored':
      return evolveAssignmentRules(settings, event);
    case 'RecipientRuleAdded':
    case 'RecipientRuleEdited':
    case 'RecipientRuleRetired':
    case 'RecipientRuleRestored':
      return evolveRecipients(settings, event);
    default: {
      const unknown: never = event;
      void unknown;
      return {};
    }
  }
}
