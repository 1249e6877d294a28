import {
  ASSIGNMENT_RULE_EVENTS,
  type AssignmentRuleEvent,
} from './assignment-rules/assignment-rule-events.js';
import { CALENDAR_EVENTS, type CalendarEvent } from './calendars/calendar-events.js';
import { CATALOGUE_EVENTS, type CatalogueEvent } from './catalogues/catalogue-events.js';
import { CUSTOM_FIELD_EVENTS, type CustomFieldEvent } from './custom-fields/custom-field-events.js';
import { GENERAL_EVENTS, type GeneralEvent } from './general/general-events.js';
import { OVERDUE_EVENTS, type OverduePolicyChanged } from './overdue/overdue-events.js';
import { PIPELINE_EVENTS, type PipelineEvent } from './pipelines/pipeline-events.js';
import { RECIPIENT_EVENTS, type RecipientRuleEvent } from './recipients/recipient-events.js';

/** Everything that happens to settings. */
export type SettingsEvent =
  | PipelineEvent
  | CustomFieldEvent
  | GeneralEvent
  | CatalogueEvent
  | CalendarEvent
  | OverduePolicyChanged
  | AssignmentRuleEvent
  | RecipientRuleEvent;

export const SETTINGS_EVENTS = [
  ...PIPELINE_EVENTS,
  ...CUSTOM_FIELD_EVENTS,
  ...GENERAL_EVENTS,
  ...CATALOGUE_EVENTS,
  ...CALENDAR_EVENTS,
  ...OVERDUE_EVENTS,
  ...ASSIGNMENT_RULE_EVENTS,
  ...RECIPIENT_EVENTS,
] as const;
