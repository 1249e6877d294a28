import type { ConversionPlan } from '../conversion/conversion-plan.js';
import type { TargetType } from '../conversion/target-type.js';
import type { ConversionUndoPlan } from '../conversion/undo/undo-plan.js';
import type { DomainEvent } from '../kernel/event.js';
import { defineEvent } from '../kernel/event-definition.js';
import type { Uuid } from '../kernel/ids.js';
import { type RecordEvent, recordEventDefinitions } from '../record/record-events.js';
import { type StagedEvent, stagedEventDefinitions } from '../stages/staged-events.js';
import { LEAD_FIELDS } from './lead-fields.js';

export type LeadConverted = DomainEvent<'LeadConverted', ConversionPlan>;
export type LeadConversionCompleted = DomainEvent<
  'LeadConversionCompleted',
  { readonly conversionId: Uuid }
>;
export type LeadConversionAbandoned = DomainEvent<
  'LeadConversionAbandoned',
  { readonly conversionId: Uuid }
>;

export type LeadConversionUndone = DomainEvent<'LeadConversionUndone', ConversionUndoPlan>;
export type LeadConversionUndoCompleted = DomainEvent<
  'LeadConversionUndoCompleted',
  {
    readonly conversionId: Uuid;
    readonly undoId: Uuid;
    /** Types of records that were to be withdrawn and stayed, because somebody changed or used them in between. */
    readonly left: readonly TargetType[];
  }
>;

export type LeadEvent =
  | RecordEvent<'Lead'>
  | Exclude<StagedEvent<'Lead'>, { type: 'OpportunityWon' }>
  | LeadConverted
  | LeadConversionCompleted
  | LeadConversionAbandoned
  | LeadConversionUndone
  | LeadConversionUndoCompleted;

const PLANNED = ['contact', 'account', 'opportunity'];

export const LEAD_EVENTS = [
  ...recordEventDefinitions('Lead', LEAD_FIELDS),
  ...stagedEventDefinitions('Lead'),
  defineEvent(
    'LeadConverted',
    'The lead was converted: the whole plan of what becomes of it, and the commit point.',
    {
      paths: [
        ...PLANNED.flatMap((target) => [
          `${target}.captured.fields`,
          `${target}.captured.custom`,
          `${target}.changes`,
        ]),
        'merge.plan.changes',
        'merge.plan.lost',
      ],
      changedFields: [],
    },
  ),
  defineEvent('LeadConversionCompleted', 'Everything that the conversion planned is done.'),
  defineEvent(
    'LeadConversionAbandoned',
    'A conversion that held a match key without committing was given up; it can no longer commit.',
  ),
  defineEvent(
    'LeadConversionUndone',
    'A conversion was taken back: what becomes of each of its records, and the commit point.',
    { paths: PLANNED.map((target) => `${target}.changes`), changedFields: [] },
  ),
  defineEvent(
    'LeadConversionUndoCompleted',
    'Everything that undoing the conversion takes is done; what had to stay meanwhile is named.',
  ),
];
