import { withChanges } from '../parts/changes.js';
import { replaced } from '../parts/retirable.js';
import type { Settings } from '../settings.js';
import type { RecipientRuleEvent } from './recipient-events.js';

/** What an event of recipient rules changes of the settings. */
export function evolveRecipients(
  { recipients }: Settings,
  event: RecipientRuleEvent,
): Partial<Settings> {
  switch (event.type) {
    case 'RecipientRuleAdded': {
      const { rule } = event.data;
      return { recipients: [...recipients.filter(({ id }) => id !== rule.id), rule] };
    }
    case 'RecipientRuleEdited': {
      const { ruleId, changes } = event.data;
      return { recipients: replaced(recipients, ruleId, (rule) => withChanges(rule, changes)) };
    }
    case 'RecipientRuleRetired':
    case 'RecipientRuleRestored': {
      const retired = event.type === 'RecipientRuleRetired';
      const { ruleId } = event.data;
      return { recipients: replaced(recipients, ruleId, (rule) => ({ ...rule, retired })) };
    }
  }
}
