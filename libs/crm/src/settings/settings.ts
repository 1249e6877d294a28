import type { Label } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import type { AssignmentRule } from './assignment-rules/assignment-rule.js';
import type { Calendar } from './calendars/calendar.js';
import type { Catalogues } from './catalogues/catalogue.js';
import { NO_OVERDUE_POLICY, type OverduePolicy } from './overdue/overdue-policy.js';
import type { RecipientRule } from './recipients/recipient-rule.js';

/** Record types that move through stages. */
export type StagedType = 'lead' | 'opportunity';

/**
 * What reaching a stage means.
 * - `open`: work goes on
 * - `won`, `lost`: the opportunity is decided (lost: leads too)
 * - `complete-lead`, `signed-deposit` (Ký kết – đặt cọc): the change may carry conversion choices (PRODUCT.md P2)
 */
export type StageMarker = 'open' | 'won' | 'lost' | 'complete-lead' | 'signed-deposit';

/** The markers that a stage of each record type may have. */
export const STAGE_MARKERS: Readonly<Record<StagedType, readonly StageMarker[]>> = {
  lead: ['open', 'lost', 'complete-lead', 'signed-deposit'],
  opportunity: ['open', 'won', 'lost'],
};

export type Stage = {
  /** Unique within its pipeline: lower-case letters, digits and hyphens, at most 64. */
  readonly id: string;
  readonly name: string;
  /** 0–100, the weight of an opportunity that stands here. */
  readonly probability: number;
  readonly marker: StageMarker;
  /** Names of default fields, or `custom.<key>`, that must be filled to enter. */
  readonly requiredFields: readonly string[];
  readonly retired: boolean;
};

export type Pipeline = {
  readonly id: string;
  readonly recordType: StagedType;
  readonly name: string;
  /** In order of progress. */
  readonly stages: readonly Stage[];
  readonly retired: boolean;
};

export const CUSTOM_FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'select',
  'multi-select',
  'boolean',
  'user',
] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

export type CustomFieldDefinition = {
  readonly recordType: RecordType;
  /** Unique per record type: a letter, then letters, digits and underscores, at most 64. */
  readonly key: string;
  readonly type: CustomFieldType;
  readonly label: Label;
  /** The allowed values of `select` and `multi-select`; empty for the others. */
  readonly options: readonly string[];
  readonly required: boolean;
  /** Equal values are a strong sign of a duplicate (PRODUCT.md P4). */
  readonly matchKey: boolean;
  readonly retired: boolean;
};

/** All settings as folded from their one stream. */
export interface Settings {
  /** Settings events folded so far; -1 for none. */
  readonly revision: number;
  readonly pipelines: readonly Pipeline[];
  readonly customFields: readonly CustomFieldDefinition[];
  /** Default fields that must be filled, by record type. */
  readonly requiredFields: Readonly<Record<RecordType, readonly string[]>>;
  /** ISO 3166-1 alpha-2: where a phone number without a country code is taken to be. */
  readonly phoneRegion: string;
  /** ISO 4217: what an amount without a currency is in. */
  readonly currency: string;
  /** IANA: whose days the installation's dates and `days ago` are. */
  readonly timeZone: string;
  readonly catalogues: Catalogues;
  readonly calendars: readonly Calendar[];
  readonly overduePolicy: OverduePolicy;
  /** In the order in which they are asked. */
  readonly assignmentRules: readonly AssignmentRule[];
  /** Who is told of new opportunities: everybody whom any of them names. */
  readonly recipients: readonly RecipientRule[];
}

/** The one stream of settings. */
export const SETTINGS_STREAM = 'settings';

/** Before any settings event. */
export const NO_SETTINGS: Settings = {
  revision: -1,
  pipelines: [],
  customFields: [],
  requiredFields: { lead: [], opportunity: [], contact: [], account: [] },
  phoneRegion: 'VN',
  currency: 'VND',
  timeZone: 'Asia/Ho_Chi_Minh',
  catalogues: {
    need: [],
    'processing-step': [],
    priority: [],
    situation: [],
    'lost-reason': [],
    source: [],
  },
  calendars: [],
  overduePolicy: NO_OVERDUE_POLICY,
  assignmentRules: [],
  recipients: [],
};

/** The definition of a custom field that is in use, if there is one. */
export function customFieldOf(
  settings: Settings,
  recordType: RecordType,
  key: string,
): CustomFieldDefinition | undefined {
  return settings.customFields.find(
    (field) => field.recordType === recordType && field.key === key && !field.retired,
  );
}

/** Whether the record type has a definition under the key, in use or retired. */
export function isFieldDefined(recordType: RecordType, key: string, settings: Settings): boolean {
  return settings.customFields.some(
    (field) => field.recordType === recordType && field.key === key,
  );
}

/** The settings as they will be when the definitions have been added. */
export function withDefinitions(
  settings: Settings,
  definitions: readonly CustomFieldDefinition[],
): Settings {
  return { ...settings, customFields: [...settings.customFields, ...definitions] };
}

/** Pipelines in use for a record type. */
export function pipelinesOf(settings: Settings, recordType: StagedType): readonly Pipeline[] {
  return settings.pipelines.filter(
    (pipeline) => pipeline.recordType === recordType && !pipeline.retired,
  );
}

/** A stage of a pipeline, retired or not: records may still stand in a retired one. */
export function stageOf(
  settings: Settings,
  pipelineId: string | undefined,
  stageId: string | undefined,
): Stage | undefined {
  return settings.pipelines
    .find((pipeline) => pipeline.id === pipelineId)
    ?.stages.find((stage) => stage.id === stageId);
}
