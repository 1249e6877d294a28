import {
  evolveSettings,
  NO_SETTINGS,
  type Position,
  type Recorded,
  SETTINGS_STREAM,
  type Settings,
  type SettingsEvent,
} from '#crm';
import type { EventLog } from '#event-store';

/** Settings before and after an event; other events than those of settings change nothing. */
export function settingsAfter(settings: Settings, event: Recorded): Settings {
  if (event.stream !== SETTINGS_STREAM) return settings;
  return evolveSettings(settings, event as Recorded<SettingsEvent>);
}

/** All settings events so far. There are few: it is a stream that administrators write by hand. */
export async function readSettingsEvents(log: EventLog): Promise<readonly Recorded[]> {
  const { events } = await log.readStream({ stream: SETTINGS_STREAM });
  return events;
}

/** The settings as they stood at a position, inclusive. */
export function settingsAt(events: readonly Recorded[], position: Position): Settings {
  return events.filter((event) => event.position <= position).reduce(settingsAfter, NO_SETTINGS);
}

/** The settings as of each of some events in order of position, from the settings stream beside them. */
export function settingsBeside(
  settingsEvents: readonly Recorded[],
  events: readonly Recorded[],
): readonly Settings[] {
  let settings = NO_SETTINGS;
  let next = 0;
  return events.map(({ position }) => {
    for (;;) {
      const event = settingsEvents[next];
      if (!event || event.position > position) return settings;
      settings = settingsAfter(settings, event);
      next += 1;
    }
  });
}
