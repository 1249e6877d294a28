import {
  type Happened,
  NO_SETTINGS,
  SETTINGS_STREAM,
  type Settings,
  type SettingsEvent,
  settingsDecider,
} from '#crm';
import type { EventLog } from '#event-store';
import type { SettingsSource } from './settings-source.port.js';

export interface LiveSettings extends SettingsSource {
  /** Folds what is new in the settings stream. Called at start, after every change made here, and by `follow`. */
  refresh(): Promise<void>;
  /** Keeps up with changes made by other processes until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
}

/** The settings in memory, folded from their stream. */
export function createLiveSettings(log: EventLog): LiveSettings {
  let settings: Settings = NO_SETTINGS;
  const refresh = async () => {
    const { events } = await log.readStream({
      stream: SETTINGS_STREAM,
      from: settings.revision + 1,
    });
    for (const event of events) {
      if (event.revision !== settings.revision + 1) continue;
      settings = settingsDecider.evolve(settings, event as unknown as Happened<SettingsEvent>);
    }
  };
  return {
    current: () => settings,
    refresh,
    async follow(signal) {
      const after = await log.head();
      for await (const { events } of log.subscribe({
        after,
        prefixes: [SETTINGS_STREAM],
        signal,
      })) {
        if (events.length > 0) await refresh();
      }
    },
  };
}
