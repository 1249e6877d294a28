import {
  type Actor,
  type CapturedData,
  type EditedData,
  type FieldValue,
  type Instant,
  type LostData,
  type MergePlan,
  type MergeUndoneData,
  type Origin,
  type Position,
  type Recorded,
  type RecordRef,
  type RecordType,
  recordName,
  recordStream,
  type StageChangedData,
  type UndoneConversion,
  type Uuid,
} from '#crm';
import { type GetRecord, getRecord } from './get-record.js';
import { fieldsOfMerge, type Source, tagsOfMerges, toldByMerge } from './provenance-of-merges.js';
import type { QueryContext } from './query-context.js';

/** Which event gave a current value. */
export interface Provenance extends Source {
  /** `email`, `custom.budget`, `ownerId`, `stageId`, `status`, `tags.<tag>`. */
  readonly field: string;
  readonly eventId: Uuid;
  readonly eventType: string;
  readonly position: Position;
  readonly revision: number;
  readonly actor: Actor;
  readonly at: Instant;
  /** The conversion whose undoing brought the value back. */
  readonly undo?: UndoneConversion;
}

/** For every current value of a record, the event that set it. Undefined when the caller sees no such record. */
export async function provenanceOf(
  context: QueryContext,
  query: GetRecord,
): Promise<readonly Provenance[] | undefined> {
  if (!(await getRecord(context, query))) return undefined;
  const { type, id } = query;
  const { events } = await context.log.readStream({ stream: recordStream(type, id) });
  const current = new Map<string, Recorded>();
  for (const event of events) {
    for (const [field, isSet] of touchedFields(type, event)) {
      // What is lost again for another reason was closed when it was lost first.
      if (field === CLOSED && isSet && current.get(field)?.type === event.type) continue;
      if (isSet) current.set(field, event);
      else current.delete(field);
    }
  }
  if (type === 'opportunity') settleProbability(current);
  const own = { type, id };
  const merged = [...current].filter(([field, event]) => isTagOfMerge(own, field, event));
  const bearers = await tagsOfMerges(context, [...new Set(merged.map(([, event]) => event))]);
  return [...current].map(([field, event]) => ({
    ...entryOf(field, event),
    ...(isTagOfMerge(own, field, event)
      ? bearers(own, field.slice(TAG.length), event)
      : (toldByMerge(own, field, event) ?? fromOrigin(event))),
  }));
}

const CLOSED = 'closedAt';
const PROBABILITY = 'probability';
const OF_STAGE = 'stageProbability';

/** By what the probability is that holds (`probabilityOf`): the outcome, a person, the stage. */
function settleProbability(current: Map<string, Recorded>): void {
  const by = current.get(CLOSED) ?? current.get(PROBABILITY) ?? current.get(OF_STAGE);
  current.delete(OF_STAGE);
  if (by) current.set(PROBABILITY, by);
}

const TAG = 'tags.';

function isTagOfMerge(own: RecordRef, field: string, { type }: Recorded): boolean {
  return field.startsWith(TAG) && type === `${recordName(own.type)}RecordsMerged`;
}

function entryOf(field: string, event: Recorded): Provenance {
  const { id, type, position, revision, metadata } = event;
  const { undo } = event.data as { readonly undo?: UndoneConversion };
  return {
    field,
    eventId: id,
    eventType: type,
    position,
    revision,
    actor: metadata.actor,
    at: metadata.occurredAt,
    ...(undo && { undo }),
  };
}

function fromOrigin({ data }: Recorded): Pick<Provenance, 'from'> {
  const { origin } = data as { readonly origin?: Origin };
  return origin ? { from: origin } : {};
}

type Touched = readonly (readonly [field: string, isSet: boolean])[];

const NOT_LOST: Touched = [
  ['lostReason', false],
  ['lostDetail', false],
];

/** The fields that an event set or emptied. */
function touchedFields(type: RecordType, { type: eventType, data }: Recorded): Touched {
  switch (eventType.slice(recordName(type).length)) {
    case 'Captured':
      return captured(data as CapturedData);
    case 'Edited':
      return (data as EditedData).changes.map(({ field, to }) => [field, to !== undefined]);
    case 'RecordsMerged':
    case 'MergeUndone':
    case 'MergeReverted':
      return fieldsOfMerge(
        data as MergePlan | MergeUndoneData,
        eventType.endsWith('RecordsMerged'),
      );
    case 'MergedAway':
    case 'Unmerged':
      return set('status');
    case 'Tagged': {
      const { added, removed } = data as { added: readonly string[]; removed: readonly string[] };
      return [...tags(added, true), ...tags(removed, false)];
    }
    case 'Assigned': {
      const { to } = data as { readonly to: { ownerId?: string; teamId?: string } };
      return [
        ['ownerId', to.ownerId !== undefined],
        ['teamId', to.teamId !== undefined],
      ];
    }
    case 'StageChanged':
      return [
        ...set('pipelineId', 'stageId', 'stageSince'),
        [OF_STAGE, (data as StageChangedData).stageProbability !== undefined],
      ];
    case 'Lost': {
      const { detail } = data as LostData;
      return [...set('status', 'lostReason', CLOSED), ['lostDetail', detail !== undefined]];
    }
    case 'Won':
      return [...set('status', CLOSED), ...NOT_LOST];
    case 'Reopened':
      return [...set('status'), [CLOSED, false], ...NOT_LOST];
    case 'Deleted':
    case 'Restored':
      return set('status');
    default:
      return [];
  }
}

function captured(data: CapturedData): Touched {
  const { fields = {}, custom = {}, ...rest } = data;
  const own = (['ownerId', 'teamId', 'pipelineId', 'stageId', OF_STAGE] as const).filter(
    (name) => rest[name] !== undefined,
  );
  return [
    ...set('status', ...named(fields), ...named(custom).map((key) => `custom.${key}`), ...own),
    ...tags(rest.tags, true),
  ];
}

function named(values: Readonly<Record<string, FieldValue>>): readonly string[] {
  return Object.keys(values);
}

function set(...fields: readonly string[]): Touched {
  return fields.map((field) => [field, true] as const);
}

function tags(names: readonly string[], isSet: boolean): Touched {
  return names.map((name) => [`tags.${name}`, isSet] as const);
}
