import {
  type MergePlan,
  type MergeUndoneData,
  type Recorded,
  type RecordRef,
  recordName,
  refOf,
  sameRecord,
  type Uuid,
} from '#crm';
import type { RecordDocument } from '../records/record-document.js';
import { loadRecords } from './load-records.js';
import type { QueryContext } from './query-context.js';

/** From where a value came. */
export interface Source {
  /** The record that it came from when a conversion or a merge set it; of several, the first other than the record itself. */
  readonly from?: RecordRef & { readonly conversionId?: Uuid; readonly mergeId?: Uuid };
  /** All records that a united or joined value came from, where there are several. */
  readonly sources?: readonly RecordRef[];
  /** The undoing of a merge that gave it. */
  readonly undone?: { readonly mergeId: Uuid; readonly undoId: Uuid };
}

/** What a merge into the record, or undoing one, tells of a value that it gave; undefined for other events. */
export function toldByMerge(
  own: RecordRef,
  field: string,
  { type, data }: Recorded,
): Source | undefined {
  switch (type.slice(recordName(own.type).length)) {
    case 'RecordsMerged': {
      const plan = data as MergePlan;
      return fromSources(own, plan, sourcesOf(plan, field));
    }
    case 'MergeUndone':
    case 'MergeReverted': {
      const { mergeId, undoId } = data as MergeUndoneData;
      return { undone: { mergeId, undoId } };
    }
    default:
      return undefined;
  }
}

function sourcesOf({ changes, assigned }: MergePlan, field: string): readonly RecordRef[] {
  if (field === 'ownerId' || field === 'teamId') return assigned ? [assigned.source] : [];
  return changes.find((change) => change.field === field)?.sources ?? [];
}

function fromSources(
  own: RecordRef,
  { mergeId }: MergePlan,
  sources: readonly RecordRef[],
): Source {
  const others = sources.filter((source) => !sameRecord(source, own));
  const first = others[0] ?? sources[0];
  return {
    ...(first && { from: { ...refOf(first), mergeId } }),
    ...(sources.length > 1 && { sources: sources.map(refOf) }),
  };
}

/** Whose tags came with merges: no event says it, but records that were merged away keep their tags. */
export async function tagsOfMerges(
  context: QueryContext,
  events: readonly Recorded[],
): Promise<(own: RecordRef, tag: string, event: Recorded) => Source> {
  const plans = events.map(({ data }) => data as MergePlan);
  const records = plans.flatMap(({ records }) => records.map(refOf));
  const documents = await loadRecords(context, records);
  const bears = (tag: string, plan: MergePlan) => (document: RecordDocument) =>
    document.tags.includes(tag) && plan.records.some((record) => sameRecord(record, document));
  return (own, tag, { data }) => {
    const plan = data as MergePlan;
    return fromSources(own, plan, documents.filter(bears(tag, plan)).map(refOf));
  };
}

/** The fields that a merge or its undoing set or emptied. */
export function fieldsOfMerge(
  data: MergePlan | MergeUndoneData,
  tagged: boolean,
): readonly (readonly [field: string, isSet: boolean])[] {
  const { changes, tags, assigned } = data;
  const owned = assigned
    ? (['ownerId', 'teamId'] as const).map(
        (name) => [name, assigned.to[name] !== undefined] as const,
      )
    : [];
  return [
    ...changes.map(({ field, to }) => [field, to !== undefined] as const),
    ...tags.map((tag) => [`tags.${tag}`, tagged] as const),
    ...owned,
  ];
}
