import type { DynamicModule, Type } from '@nestjs/common';
import { RECORD_TYPES } from '#crm';
import { ActivityCommandsController } from './activities/activity-commands.controller.js';
import { ActivityQueriesController } from './activities/activity-queries.controller.js';
import { LEADLEDGER, type Leadledger } from './composition/leadledger.js';
import { ConversionController } from './conversions/conversion.controller.js';
import { ConversionQueriesController } from './conversions/conversion-queries.controller.js';
import { ConversionUndoController } from './conversions/conversion-undo.controller.js';
import { DuplicatesController } from './duplicates/duplicates.controller.js';
import { SkipsController } from './duplicates/skips.controller.js';
import { EventsController } from './events/events.controller.js';
import { DRAIN, type Drain } from './http/drain.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsHost } from './imports/imports.host.js';
import { MergeQueriesController } from './merges/merge-queries.controller.js';
import { MergesController } from './merges/merges.controller.js';
import { DeliveriesController } from './notifications/deliveries.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { PreferencesController } from './notifications/preferences.controller.js';
import { AbsenceController } from './people/absence.controller.js';
import { PeopleQueriesController } from './people/people-queries.controller.js';
import { TeamsController } from './people/teams.controller.js';
import { UsersController } from './people/users.controller.js';
import { attachmentsController } from './records/attachments.controller.js';
import { boardController } from './records/board.controller.js';
import { notesController } from './records/notes.controller.js';
import { recordCommandsController } from './records/record-commands.controller.js';
import { recordQueriesController } from './records/record-queries.controller.js';
import { recordWorkController } from './records/record-work.controller.js';
import { stageController } from './records/stage.controller.js';
import { timelineController } from './records/timeline.controller.js';
import { WinController } from './records/win.controller.js';
import { deadlineController } from './reminders/deadlines.controller.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { SavedFiltersController } from './saved-filters/saved-filters.controller.js';
import { AssignmentDryRunController } from './settings/assignment-dry-run.controller.js';
import { AssignmentRulesController } from './settings/assignment-rules.controller.js';
import { CalendarsController } from './settings/calendars.controller.js';
import { CataloguesController } from './settings/catalogues.controller.js';
import { FieldsController } from './settings/fields.controller.js';
import { OverduePolicyController } from './settings/overdue-policy.controller.js';
import { PipelinesController } from './settings/pipelines.controller.js';
import { RecipientsController } from './settings/recipients.controller.js';
import { SettingsQueriesController } from './settings/settings-queries.controller.js';
import { HealthController } from './system/health.controller.js';
import { MeController } from './system/me.controller.js';
import { WebhookCommandsController } from './webhooks/webhook-commands.controller.js';
import { WebhookQueriesController } from './webhooks/webhook-queries.controller.js';

/** Every controller. Those of the four record types come from one factory for each thing that all can do. */
const CONTROLLERS: readonly Type[] = [
  ...RECORD_TYPES.flatMap((type) => [
    recordCommandsController(type),
    recordQueriesController(type),
    recordWorkController(type),
    notesController(type),
    attachmentsController(type),
    timelineController(type),
  ]),
  boardController('lead'),
  boardController('opportunity'),
  stageController('lead'),
  stageController('opportunity'),
  WinController,
  ConversionController,
  ConversionQueriesController,
  ConversionUndoController,
  MergesController,
  MergeQueriesController,
  DuplicatesController,
  SkipsController,
  ActivityQueriesController,
  NotificationsController,
  PreferencesController,
  DeliveriesController,
  WebhookCommandsController,
  WebhookQueriesController,
  RemindersController,
  SettingsQueriesController,
  CataloguesController,
  CalendarsController,
  OverduePolicyController,
  AssignmentRulesController,
  RecipientsController,
  PeopleQueriesController,
  ActivityCommandsController,
  deadlineController('opportunity'),
  deadlineController('activity'),
  PipelinesController,
  FieldsController,
  AssignmentDryRunController,
  UsersController,
  AbsenceController,
  TeamsController,
  SavedFiltersController,
  EventsController,
  ImportsController,
  MeController,
  HealthController,
];

class ApiModule {}

/** The one module: controllers around a product that is put together already. */
export function apiModule(ledger: Leadledger, drain: Drain): DynamicModule {
  return {
    module: ApiModule,
    controllers: [...CONTROLLERS],
    providers: [
      { provide: LEADLEDGER, useValue: ledger },
      { provide: DRAIN, useValue: drain },
      ImportsHost,
    ],
  };
}
