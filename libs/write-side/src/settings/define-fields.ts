import {
  type CustomFieldDefinition,
  isFieldDefined,
  SETTINGS_STREAM,
  type Settings,
  type SettingsEvent,
  settingsDecider,
  type Uuid,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';

/** What brought a definition to another record type. */
export type DefinedBy = { readonly conversionId: Uuid } | { readonly mergeId: Uuid };

/**
 * Adds definitions of custom fields that a conversion or merge carries to another record type, once each: what is defined there by now
 * stays as it is. `by` gives the command that each is recorded under, by a name of its own.
 */
export async function defineFields(
  executor: Executor,
  definitions: readonly CustomFieldDefinition[],
  cause: DefinedBy,
  by: (name: string) => Envelope,
): Promise<void> {
  const target: Target<Settings, SettingsEvent> = {
    stream: SETTINGS_STREAM,
    initial: () => settingsDecider.initial(''),
    evolve: settingsDecider.evolve,
  };
  for (const definition of definitions) {
    const { recordType, key } = definition;
    await executor.execute(
      target,
      by(`definition:${recordType}.${key}`),
      (settings): readonly SettingsEvent[] =>
        isFieldDefined(recordType, key, settings)
          ? []
          : [{ type: 'CustomFieldDefined', data: { definition, ...cause } }],
    );
  }
}
