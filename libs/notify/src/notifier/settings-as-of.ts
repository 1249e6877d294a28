import {
  type Happened,
  NO_SETTINGS,
  type Revision,
  SETTINGS_STREAM,
  type Settings,
  type SettingsEvent,
  settingsDecider,
} from '#crm';
import { BoundedMap, type EventLog } from '#event-store';
import type { SettingsSource } from '#write-side';

/** The settings as they stood after so many of their events. */
export type SettingsAsOf = (revision: Revision) => Promise<Settings>;

/** What is told of is new nearly always, and so are the settings. */
const KEPT = 20;

/** Settings by revision: those in memory where they are the ones, else folded from their stream, the latest few kept. */
export function createSettingsAsOf(log: EventLog, live: SettingsSource): SettingsAsOf {
  const kept = new BoundedMap<Revision, Settings>(KEPT);
  return async (revision) => {
    const current = live.current();
    if (current.revision === revision) return current;
    const known = kept.get(revision);
    if (known) return known;
    const { events } = await log.readStream({ stream: SETTINGS_STREAM, limit: revision + 1 });
    const settings = (events as readonly Happened<SettingsEvent>[]).reduce(
      settingsDecider.evolve,
      NO_SETTINGS,
    );
    kept.set(revision, settings);
    return settings;
  };
}
