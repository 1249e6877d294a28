import {
  keyText,
  matchKeys,
  type Recorded,
  type RecordType,
  type Settings,
  type SkipEvent,
  type Uuid,
} from '#crm';
import { withoutErasedParts } from '../records/erased-parts.js';
import { recordKey, recordOfKey } from '../records/record-key.js';
import type { BearerDocument } from './bearer-document.js';
import { evolveKept, type KeptState, NOTHING_KEPT } from './bearer-state.js';
import { type ClusterPart, NO_PARTS, partsOf } from './cluster-part.js';
import { partsOfClusterId } from './key-in-text.js';

/** A record in the middle of being folded into the index. */
export interface BearerFold {
  readonly type: RecordType;
  readonly id: Uuid;
  readonly kept: KeptState;
  /** Texts of its keys, with the settings as of the event that gave it its values. */
  readonly texts: readonly string[];
  readonly skipped: readonly string[];
  /** What it brings to its clusters, by their ids; the same map as long as nothing changes. */
  readonly parts: ReadonlyMap<string, ClusterPart>;
}

/** What the record at the end of a chain of merges may be: a lead can be merged into an opportunity, and not the other way round. */
const MAY_END_AS: Readonly<Record<RecordType, readonly RecordType[]>> = {
  lead: ['lead', 'opportunity'],
  opportunity: ['opportunity'],
  contact: ['contact'],
  account: ['account'],
};
export function openBearer(key: string, document: BearerDocument | undefined): BearerFold {
  const { type, id } = recordOfKey(key) ?? { type: 'lead', id: key };
  if (!document) {
    const kept = NOTHING_KEPT[type];
    return { type, id, kept, texts: [], skipped: [], parts: NO_PARTS };
  }
  const { status: lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy } = document;
  const { resting, keys, skipped = [], behind, survivor = false } = document;
  const kept: KeptState = {
    ...{ lifecycle, fields, custom, createdAt, createdBy, survivor },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    ...(behind !== undefined && { behind }),
  };
  const texts = resting ?? [...new Set(keys.map((one) => partsOfClusterId(one).text))];
  return withParts({ type, id, kept, texts, skipped, parts: NO_PARTS });
}

export function evolveBearer(fold: BearerFold, event: Recorded, settings: Settings): BearerFold {
  if (event.type === 'DuplicateSkipped' || event.type === 'DuplicateSkipWithdrawn') {
    return withParts({ ...fold, skipped: skippedAfter(fold, event as Recorded<SkipEvent>) });
  }
  const { type, id, kept: before } = fold;
  const kept = evolveKept(type, id, before, withoutErasedParts(event));
  const changed = kept.fields !== before.fields || kept.custom !== before.custom;
  const texts = changed ? matchKeys(type, kept, settings).map(keyText) : fold.texts;
  if (sameTexts(texts, fold.texts) && bringsTheSame(kept, before)) return { ...fold, kept };
  return withParts({ ...fold, kept, texts });
}

/** The document, or undefined for a record that never came into being. */
export function closeBearer(
  { type, id, kept, texts, skipped, parts }: BearerFold,
  { position }: Pick<Recorded, 'position'>,
): BearerDocument | undefined {
  const { lifecycle: status, fields, custom, ownerId, teamId, createdAt, createdBy } = kept;
  if (status === 'absent') return undefined;
  return {
    ...{ id: recordKey({ type, id }), type, status, fields, custom },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    ...{ createdAt, createdBy, keys: [...parts.keys()] },
    ...(status !== 'live' && kept.behind === undefined && { resting: texts }),
    ...(kept.behind !== undefined && { behind: kept.behind }),
    ...(kept.survivor && { survivor: true }),
    ...(skipped.length > 0 && { skipped }),
    position,
  };
}

function withParts(fold: BearerFold): BearerFold {
  const { type, texts, skipped, kept } = fold;
  const { lifecycle, behind, survivor } = kept;
  if (lifecycle !== 'live' && behind === undefined) return { ...fold, parts: NO_PARTS };
  const types = behind === undefined ? [type] : MAY_END_AS[type];
  return { ...fold, parts: partsOf(types, texts, { skipped, behind, survivor }, fold.parts) };
}

function bringsTheSame(one: KeptState, other: KeptState): boolean {
  return (
    one.lifecycle === other.lifecycle &&
    one.behind === other.behind &&
    one.survivor === other.survivor
  );
}

function skippedAfter({ type, id, skipped }: BearerFold, event: Recorded<SkipEvent>) {
  const others = event.data.ids
    .filter((one) => one !== id)
    .map((other) => recordKey({ type, id: other }));
  const without = skipped.filter((one) => !others.includes(one));
  return event.type === 'DuplicateSkipped' ? [...without, ...others].sort() : without;
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
