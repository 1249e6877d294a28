import { NO_SETTINGS, type Settings } from '#crm';
import { readSettingsEvents, settingsAfter } from '../engine/settings-as-of.js';
import { eventsUntil } from './events-until.js';
import type { AsOf, QueryContext } from './query-context.js';

/**
 * The settings as they stood; before any were made, none.
 * @throws InvalidQuery the moment cannot be read
 */
export async function getSettingsAsOf({ log }: QueryContext, asOf: AsOf): Promise<Settings> {
  const happened = eventsUntil(asOf);
  const events = await readSettingsEvents(log);
  return events.filter(happened).reduce(settingsAfter, NO_SETTINGS);
}
