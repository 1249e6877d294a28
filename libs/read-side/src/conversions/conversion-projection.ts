import {
  type ConversionCase,
  type ConversionPlan,
  type Instant,
  type LeadConversionCompleted,
  type LeadConversionUndoCompleted,
  type LeadConversionUndone,
  type LeadConverted,
  type Position,
  type Recorded,
  type UndoneSummary,
  type Uuid,
  undoneBy,
  undoneExcept,
} from '#crm';
import type { CollectionDefinition, Document } from '#read-store';
import type { Projection } from '../engine/projection.port.js';

/** What a conversion did with one target. */
export type ConversionTarget = {
  readonly action: 'create' | 'update' | 'link' | 'merge';
  readonly id: Uuid;
};

/** One conversion of a lead, for its own page and the audit (PRODUCT.md P8). */
export interface ConversionDocument extends Document {
  readonly id: Uuid;
  readonly leadId: Uuid;
  readonly case: ConversionCase;
  readonly contact?: ConversionTarget;
  readonly account?: ConversionTarget;
  readonly opportunity?: ConversionTarget;
  /** The merge that took place with it. */
  readonly mergeId?: Uuid;
  /** Ids of all target records. */
  readonly targetIds: readonly Uuid[];
  /** Custom fields that it added to target types, as `contact.budget`. */
  readonly addedFields: readonly string[];
  readonly by: string;
  /** When it happened, and when it was recorded. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  /** False while effects of it, or of its undoing, may still be missing. */
  readonly completed: boolean;
  readonly completedAt?: Instant;
  /** That it was undone, and what came of it. */
  readonly undone?: UndoneSummary & { readonly completedAt?: Instant };
  /** Of `LeadConverted`. */
  readonly position: Position;
}

export const CONVERSIONS: CollectionDefinition = {
  name: 'conversions',
  version: 1,
  indexes: [
    { fields: ['at'] },
    { fields: ['leadId', 'at'] },
    { fields: ['by', 'at'] },
    // What a start has to complete is found by it; there are few, and they leave it again.
    { fields: ['completed'] },
    { fields: ['targetIds'], multi: 'exact' },
  ],
};

type ConversionEvent =
  | LeadConverted
  | LeadConversionCompleted
  | LeadConversionUndone
  | LeadConversionUndoCompleted;

const CONVERSION_EVENTS: ReadonlySet<string> = new Set<ConversionEvent['type']>([
  'LeadConverted',
  'LeadConversionCompleted',
  'LeadConversionUndone',
  'LeadConversionUndoCompleted',
]);

/** One document per conversion that was committed. */
export const conversionProjection: Projection<ConversionDocument | undefined> = {
  collection: CONVERSIONS,
  prefixes: ['lead-'],
  oneStream: true,
  keys: (event) => (isConversion(event) ? [event.data.conversionId] : []),
  begins: ({ type }) => type === 'LeadConverted',
  open: (_id, stored) => stored as ConversionDocument | undefined,
  evolve(conversion, event) {
    if (!isConversion(event)) return conversion;
    if (event.type === 'LeadConverted') return converted(event);
    return conversion && { ...conversion, ...changed(conversion, event) };
  },
  close: (conversion) => conversion,
};

function isConversion(event: Recorded): event is Recorded<ConversionEvent> {
  return CONVERSION_EVENTS.has(event.type);
}

function changed(
  { undone }: ConversionDocument,
  event: Recorded<Exclude<ConversionEvent, LeadConverted>>,
): Partial<ConversionDocument> {
  const { occurredAt: completedAt } = event.metadata;
  switch (event.type) {
    case 'LeadConversionCompleted':
      return { completed: true, completedAt };
    case 'LeadConversionUndone':
      return { undone: undoneBy(event.data, event.metadata), completed: false };
    case 'LeadConversionUndoCompleted':
      return {
        completed: true,
        ...(undone && { undone: { ...undoneExcept(undone, event.data.left), completedAt } }),
      };
  }
}

function converted({
  data,
  metadata,
  stream,
  position,
}: Recorded<LeadConverted>): ConversionDocument {
  const { contact, account, opportunity } = targetsOf(data);
  return {
    id: data.conversionId,
    leadId: stream.slice('lead-'.length),
    case: data.case,
    ...(contact && { contact }),
    ...(account && { account }),
    ...(opportunity && { opportunity }),
    targetIds: [contact, account, opportunity].flatMap((target) => target?.id ?? []),
    ...(data.merge && { mergeId: data.merge.plan.mergeId }),
    addedFields: data.definitions.map(({ recordType, key }) => `${recordType}.${key}`),
    by: metadata.actor.id,
    at: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    completed: false,
    position,
  };
}

function targetsOf({ contact, account, opportunity, merge }: ConversionPlan) {
  const brief = (target: ConversionTarget | undefined) =>
    target && { action: target.action, id: target.id };
  const merged: ConversionTarget | undefined =
    merge?.survivor.type === 'opportunity' ? { action: 'merge', id: merge.survivor.id } : undefined;
  return {
    contact: brief(contact),
    account: brief(account),
    opportunity: brief(opportunity) ?? merged,
  };
}
