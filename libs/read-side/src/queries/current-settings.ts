import { NO_SETTINGS, SETTINGS_STREAM, type Settings } from '#crm';
import type { EventLog } from '#event-store';
import { settingsAfter } from '../engine/settings-as-of.js';

/** Settings as of now: what was folded before, and the few events since. */
export function createCurrentSettings(log: EventLog): () => Promise<Settings> {
  let settings = NO_SETTINGS;
  let from = 0;
  return async () => {
    const start = from;
    const { events } = await log.readStream({ stream: SETTINGS_STREAM, from: start });
    // Two callers may have read the same events; only one folds them.
    if (from === start) {
      settings = events.reduce(settingsAfter, settings);
      from += events.length;
    }
    return settings;
  };
}
