import { ACCOUNT_EVENTS } from './account/account.js';
import { ACTIVITY_EVENTS } from './activity/activity-events.js';
import { ROTATION_EVENTS } from './assignment/rotation-events.js';
import { CONTACT_EVENTS } from './contact/contact.js';
import { MATCH_KEY_EVENTS } from './conversion/match-key-claim.js';
import { POLICY_EVENTS } from './deadlines/policy-application.js';
import { REMINDER_EVENTS } from './deadlines/reminder.js';
import { SKIP_EVENTS } from './duplicates/skip-events.js';
import { IMPORT_EVENTS } from './import/import-events.js';
import type { EventDefinition } from './kernel/event-definition.js';
import { LEAD_EVENTS } from './lead/lead-events.js';
import { MERGE_REQUEST_EVENTS } from './merging/merge-request-events.js';
import { DELIVERY_EVENTS } from './notification/delivery-events.js';
import { DISPATCH_EVENTS } from './notification/dispatch-events.js';
import { NOTIFICATION_EVENTS } from './notification/notification.js';
import { PROCESS_EVENTS } from './notification/process-place.js';
import { WEBHOOK_EVENTS } from './notification/webhook-events.js';
import { OPPORTUNITY_EVENTS } from './opportunity/opportunity.js';
import { SAVED_FILTER_EVENTS } from './saved-filter/saved-filter-events.js';
import { SETTINGS_EVENTS } from './settings/settings-events.js';
import { TEAM_EVENTS } from './team/team-events.js';
import { USER_EVENTS } from './user/user-events.js';

/** Every event type of the product. A type that is not here can be neither written nor read. */
export const ALL_EVENTS: readonly EventDefinition[] = [
  ...LEAD_EVENTS,
  ...OPPORTUNITY_EVENTS,
  ...CONTACT_EVENTS,
  ...ACCOUNT_EVENTS,
  ...ACTIVITY_EVENTS,
  ...SETTINGS_EVENTS,
  ...USER_EVENTS,
  ...TEAM_EVENTS,
  ...NOTIFICATION_EVENTS,
  ...DELIVERY_EVENTS,
  ...WEBHOOK_EVENTS,
  ...DISPATCH_EVENTS,
  ...PROCESS_EVENTS,
  ...REMINDER_EVENTS,
  ...POLICY_EVENTS,
  ...MATCH_KEY_EVENTS,
  ...SKIP_EVENTS,
  ...MERGE_REQUEST_EVENTS,
  ...IMPORT_EVENTS,
  ...SAVED_FILTER_EVENTS,
  ...ROTATION_EVENTS,
];
