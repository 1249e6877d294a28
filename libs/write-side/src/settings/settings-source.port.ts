import type { Settings } from '#crm';

/** The settings as this process knows them now. */
export interface SettingsSource {
  current(): Settings;
}
