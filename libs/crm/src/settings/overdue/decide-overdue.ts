import { sameValue } from '../../record/field.js';
import { InputReading } from '../../record/values/input-reading.js';
import { readFlag } from '../parts/read-parts.js';
import type { Settings } from '../settings.js';
import type { SetOverduePolicy } from './overdue-commands.js';
import type { OverduePolicyChanged } from './overdue-events.js';
import { readPolicy } from './read-policy.js';

/** Decides what time is allowed (PRODUCT.md P6). The same policy again is a change only where it is to reach what is open. */
export function decideOverdue(
  settings: Settings,
  command: SetOverduePolicy,
): readonly OverduePolicyChanged[] {
  const reading = new InputReading();
  const to = readPolicy(reading, command.policy, 'policy', settings);
  const applyToOpen = readFlag(reading, command.applyToOpen, 'applyToOpen');
  reading.finish();
  const { overduePolicy: from } = settings;
  if (sameValue(from, to) && !applyToOpen) return [];
  return [{ type: 'OverduePolicyChanged', data: { from, to, applyToOpen } }];
}
