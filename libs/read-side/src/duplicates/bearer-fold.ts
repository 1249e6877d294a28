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
import { BLANK, type KeptState, keptOf, stateAfter } from './bearer-state.js';
import { type ClusterPart, NO_PARTS, partsOf } from './cluster-part.js';
import { partsOfClusterId } from './key-in-text.js';

/** A record in the middle of being folded into the index. */
export interface BearerFold {
  readonly type: RecordType;
  readonly id: Uuid;
  readonly kept: KeptState;
  /** Whether something was ever merged into it. */
  readonly survivor: boolean;
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
  const parts = NO_PARTS;
  if (!document) {
    return { type, id, kept: BLANK[type], survivor: false, texts: [], skipped: [], parts };
  }
  const { status: lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy } = document;
  const { resting, keys, behind, survivor = false, skipped = [] } = document;
  const mergedInto = behind === undefined ? undefined : recordOfKey(behind);
  const kept = { lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy, mergedInto };
  const named = resting ?? keys.map((one) => partsOfClusterId(one).text);
  const texts = mergedInto ? [...new Set(named)] : named;
  return withParts({ type, id, kept, survivor, texts, skipped, parts });
}

export function evolveBearer(fold: BearerFold, event: Recorded, settings: Settings): BearerFold {
  if (event.type === 'DuplicateSkipped' || event.type === 'DuplicateSkipWithdrawn') {
    return withParts({ ...fold, skipped: skippedAfter(fold, event as Recorded<SkipEvent>) });
  }
  const { type, id, kept: before } = fold;
  const after = stateAfter(type, id, before, withoutErasedParts(event));
  const changed = after.fields !== before.fields || after.custom !== before.custom;
  const texts = changed ? matchKeys(type, after, settings).map(keyText) : fold.texts;
  const kept = keptOf(after, before);
  const survivor = fold.survivor || after.absorbed.length > 0;
  const brings = kept.lifecycle === before.lifecycle && kept.mergedInto === before.mergedInto;
  const same = brings && survivor === fold.survivor && sameTexts(texts, fold.texts);
  return same ? { ...fold, kept } : withParts({ ...fold, kept, survivor, texts });
}

/** The document, or undefined for a record that never came into being. */
export function closeBearer(
  { type, id, kept, survivor, texts, skipped, parts }: BearerFold,
  { position }: Pick<Recorded, 'position'>,
): BearerDocument | undefined {
  const { lifecycle: status, fields, custom, ownerId, teamId, createdAt, createdBy } = kept;
  const { mergedInto } = kept;
  if (status === 'absent') return undefined;
  return {
    ...{ id: recordKey({ type, id }), type, status, fields, custom },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    ...{ createdAt, createdBy, keys: [...parts.keys()] },
    ...(status !== 'live' && !mergedInto && { resting: texts }),
    ...(mergedInto && { behind: recordKey(mergedInto) }),
    ...(survivor && { survivor }),
    ...(skipped.length > 0 && { skipped }),
    position,
  };
}

function withParts(fold: BearerFold): BearerFold {
  const { type, texts, skipped, survivor, kept } = fold;
  const { lifecycle, mergedInto } = kept;
  if (lifecycle !== 'live' && !mergedInto) return { ...fold, parts: NO_PARTS };
  const types = mergedInto ? MAY_END_AS[type] : [type];
  const behind = mergedInto && recordKey(mergedInto);
  return { ...fold, parts: partsOf(types, texts, { skipped, behind, survivor }, fold.parts) };
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
