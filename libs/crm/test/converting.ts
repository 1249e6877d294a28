import { accountDecider } from '../src/account/account.js';
import { NOBODY, type Roster } from '../src/assignment/roster.js';
import { contactDecider } from '../src/contact/contact.js';
import type { ConversionPlan } from '../src/conversion/conversion-plan.js';
import type { ConversionRequest } from '../src/conversion/conversion-request.js';
import { type Found, NOTHING_FOUND } from '../src/conversion/found.js';
import { planConversion } from '../src/conversion/plan-conversion.js';
import { type LeadState, leadDecider } from '../src/lead/lead.js';
import type { FieldValues } from '../src/record/field.js';
import { evolveSettings } from '../src/settings/evolve-settings.js';
import {
  type CustomFieldDefinition,
  NO_SETTINGS,
  type Settings,
} from '../src/settings/settings.js';
import type { SettingsCommand } from '../src/settings/settings-commands.js';
import { decideSettings } from '../src/settings/settings-decider.js';
import { contextWith, happened, ID } from './given.js';

export const OWNER = '55555555-5555-4555-8555-555555555555';
export const NEW_OWNER = '66666666-6666-4666-8666-666666666666';

export const PERSON: FieldValues = { familyName: 'Nguyễn Gia', givenName: 'Khương' };
export const MAIL: FieldValues = { email: 'khuong@example.vn' };
export const FIRM: FieldValues = { organisation: 'Minh Phát' };

export function lead(fields: FieldValues, part: Partial<LeadState> = {}): LeadState {
  return { ...leadDecider.initial(ID), lifecycle: 'live', fields, ownerId: OWNER, ...part };
}

export function contact(id: string, fields: FieldValues = {}) {
  const state = { ...contactDecider.initial(id), lifecycle: 'live' as const, fields };
  return { state, revision: 3 };
}

export function account(id: string, fields: FieldValues = {}) {
  const state = { ...accountDecider.initial(id), lifecycle: 'live' as const, fields };
  return { state, revision: 5 };
}

export function settingsOf(...commands: readonly SettingsCommand[]): Settings {
  return commands.reduce(
    (settings, command) =>
      decideSettings(settings, command).reduce(
        (current, event) => evolveSettings(current, happened(event)),
        settings,
      ),
    NO_SETTINGS,
  );
}

export function pipeline(pipelineId: string): SettingsCommand {
  const stages = [{ id: 'open', name: 'Mới' }];
  return {
    kind: 'define-pipeline',
    pipelineId,
    recordType: 'opportunity',
    name: pipelineId,
    stages,
  };
}

export function custom(
  recordType: CustomFieldDefinition['recordType'],
  key: string,
  type: CustomFieldDefinition['type'],
  required = false,
): SettingsCommand {
  const label = { en: key, vi: key };
  return { kind: 'define-custom-field', definition: { recordType, key, type, label, required } };
}

export function plan(
  of: LeadState,
  request: ConversionRequest = {},
  found: Partial<Found> = {},
  settings: Settings = NO_SETTINGS,
  roster: Roster = NOBODY,
) {
  return planConversion(
    { state: of, revision: 2 },
    request,
    { ...NOTHING_FOUND, ...found },
    { ...contextWith({ settings }), roster },
  );
}

export function planned(...given: Parameters<typeof plan>): ConversionPlan {
  const outlook = plan(...given);
  if (!outlook.plan) throw new Error(`No plan: ${outlook.obstacles.map(String).join('; ')}`);
  return outlook.plan;
}

export function actions({ contact, account, opportunity }: ConversionPlan) {
  return [contact?.action, account?.action, opportunity?.action];
}
