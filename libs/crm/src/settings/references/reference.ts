import type { Uuid } from '../../kernel/ids.js';
import type { RecordType } from '../../record/record-type.js';
import { type CatalogueName } from '../catalogues/catalogue-name.js';

/** What a setting can name. */
export type ReferenceTarget =
  | { readonly kind: 'pipeline'; readonly pipelineId: string }
  /** `pipelineIds`: those it is a stage of, by the same condition; empty where any will do. */
  | { readonly kind: 'stage'; readonly stageId: string; readonly pipelineIds: readonly string[] }
  | { readonly kind: 'entry'; readonly catalogue: CatalogueName; readonly value: string }
  | { readonly kind: 'calendar'; readonly calendarId: string }
  | { readonly kind: 'field'; readonly recordType: RecordType; readonly key: string }
  /** An option of a custom field, where that is one of choices. */
  | {
      readonly kind: 'option';
      readonly recordType: RecordType;
      readonly key: string;
      readonly option: string;
    }
  | { readonly kind: 'user'; readonly userId: Uuid }
  | { readonly kind: 'team'; readonly teamId: Uuid };

/** A setting that names others. */
export type Referrer = {
  readonly kind: 'stage' | 'overdue-policy' | 'assignment-rule' | 'recipient-rule';
  /** `sales/won` for a stage, the entry's id for the overdue policy. */
  readonly id: string;
  readonly name: string;
};

/** That one setting names another. */
export interface Reference {
  readonly by: Referrer;
  /** Where in the settings, by ids: `assignmentRules.cameras.handler.userId`. */
  readonly path: string;
  /** Where in the command that said so: `handler.userId`. */
  readonly within: string;
  readonly target: ReferenceTarget;
  /** A rule that is switched off holds nothing back. */
  readonly inForce: boolean;
}
