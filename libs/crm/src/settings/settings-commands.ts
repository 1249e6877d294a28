import type { AssignmentRuleCommand } from './assignment-rules/assignment-rule-commands.js';
import type { CalendarCommand } from './calendars/calendar-commands.js';
import type { CatalogueCommand } from './catalogues/catalogue-commands.js';
import type { CustomFieldCommand } from './custom-fields/custom-field-commands.js';
import type { GeneralCommand } from './general/general-commands.js';
import type { SetOverduePolicy } from './overdue/overdue-commands.js';
import type { PipelineCommand } from './pipelines/pipeline-commands.js';
import type { RecipientRuleCommand } from './recipients/recipient-commands.js';

/** Everything that settings can be asked (PRODUCT.md P7). */
export type SettingsCommand =
  | PipelineCommand
  | CustomFieldCommand
  | GeneralCommand
  | CatalogueCommand
  | CalendarCommand
  | SetOverduePolicy
  | AssignmentRuleCommand
  | RecipientRuleCommand;
