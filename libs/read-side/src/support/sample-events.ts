import type { ConversionPlan, ConversionUndoPlan, FieldValues, RecordType, Uuid } from '#crm';
import { recordName } from '#crm';
import type { TestEvent } from './open-stores.js';

/** Ids that tests name things by: `id(1)`. */
export function id(n: number): Uuid {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A capture with the values that a test cares about. */
export function captured(
  type: RecordType,
  fields: FieldValues,
  more: Readonly<Record<string, unknown>> = {},
): TestEvent {
  const place =
    type === 'lead' || type === 'opportunity' ? { pipelineId: 'p', stageId: 'new' } : {};
  const data = { fields, custom: {}, tags: [], ...place, ...more };
  return { type: `${recordName(type)}Captured`, data };
}

/** A conversion of a lead into a new contact and opportunity. */
export function converted(conversionId: Uuid, contactId: Uuid, opportunityId: Uuid): TestEvent {
  const captured = { fields: {}, custom: {}, tags: [] };
  const data: ConversionPlan = {
    conversionId,
    case: 5,
    contact: { action: 'create', id: contactId, captured },
    opportunity: { action: 'create', id: opportunityId, captured },
    definitions: [],
    notices: [],
  };
  return { type: 'LeadConverted', data };
}

/** Such a conversion taken back: the contact is withdrawn, the opportunity stays. */
export function undone(conversionId: Uuid, contactId: Uuid, opportunityId: Uuid): TestEvent {
  const data: ConversionUndoPlan = {
    undoId: conversionId,
    conversionId,
    contact: { action: 'withdraw', id: contactId, revision: 0 },
    opportunity: { action: 'keep', id: opportunityId, reasons: ['changed_since'] },
    notices: [],
  };
  return { type: 'LeadConversionUndone', data };
}

/** Taking it back is complete; the contact had to stay after all. */
export function undoCompleted(conversionId: Uuid): TestEvent {
  const data = { conversionId, undoId: conversionId, left: ['contact'] };
  return { type: 'LeadConversionUndoCompleted', data };
}
