import {
  decideSettings,
  defaultSettingsCommands,
  deriveId,
  SETTINGS_STREAM,
  type Settings,
  type SettingsCommand,
  settingsDecider,
  withEvent,
} from '#crm';
import { type Envelope, processAuthority } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import type { People } from '../records/references.js';
import type { LiveSettings } from './live-settings.js';
import { refuseUnknownPeople } from './named-people.js';

/** The answer to a settings command. */
export interface SettingsResult {
  /** Of their stream: there is one for all settings. */
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly settings: Settings;
}

export interface SettingsCommands {
  /** Carries out a change of settings. That the caller may `configure` is for the caller of this to see to. */
  handle(command: SettingsCommand, envelope: Envelope): Promise<SettingsResult>;
  /** Sets up what a new installation starts with. Does nothing where settings were ever made. */
  initialise(): Promise<void>;
}

/** Names the commands of a first start among name-based ids. */
const FIRST_START = 'b9f1a3a4-6a7e-5d0c-9e43-5a1d8a2a9c10';

export interface SettingsCommandsOptions {
  readonly executor: Executor;
  readonly live: LiveSettings;
  readonly people: People;
}

export function createSettingsCommands({
  executor,
  live,
  people,
}: SettingsCommandsOptions): SettingsCommands {
  const target = {
    stream: SETTINGS_STREAM,
    initial: () => settingsDecider.initial(''),
    evolve: settingsDecider.evolve,
  };
  const handle = async (command: SettingsCommand, envelope: Envelope): Promise<SettingsResult> => {
    const executed = await executor.execute(target, envelope, (settings) => {
      const events = decideSettings(settings, command);
      refuseUnknownPeople(settings, events.reduce(withEvent, settings), people);
      return events;
    });
    await live.refresh();
    const { revision, position } = executed;
    return { id: SETTINGS_STREAM, revision, position, settings: live.current() };
  };
  return {
    handle,
    async initialise() {
      if (live.current().revision >= 0) return;
      const authority = processAuthority('first-start');
      for (const [index, command] of defaultSettingsCommands().entries()) {
        const commandId = deriveId(FIRST_START, `settings#${index}`);
        await handle(command, { authority, commandId, correlationId: FIRST_START, fresh: false });
      }
    },
  };
}
