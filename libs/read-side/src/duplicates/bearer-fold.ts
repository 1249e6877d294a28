import {
  accountDecider,
  contactDecider,
  type FieldValue,
  type FieldValues,
  type Happened,
  keyText,
  leadDecider,
  matchKeys,
  opportunityDecider,
  type Recorded,
  type RecordState,
  type RecordType,
  type Settings,
  type SkipEvent,
  type Uuid,
} from '#crm';
import { withoutErasedParts } from '../records/erased-parts.js';
import { recordKey, recordOfKey } from '../records/record-key.js';
import { type BearerDocument, MATCHED_FIELDS } from './bearer-document.js';
import { type ClusterPart, NO_PARTS, partsOf } from './cluster-part.js';
import { clusterId, partsOfClusterId } from './key-in-text.js';

type Kept = Pick<
  RecordState,
  'lifecycle' | 'fields' | 'custom' | 'ownerId' | 'teamId' | 'createdAt' | 'createdBy'
>;

/** A record in the middle of being folded into the index. */
export interface BearerFold {
  readonly type: RecordType;
  readonly id: Uuid;
  /** What of the domain's state matters here. */
  readonly kept: Kept;
  /** Texts of its keys, with the settings as of the event that gave it its values. */
  readonly texts: readonly string[];
  readonly skipped: readonly string[];
  /** What it brings to its clusters, by their ids; the same map as long as nothing changes. */
  readonly parts: ReadonlyMap<string, ClusterPart>;
}

interface Folder {
  evolve(state: RecordState, event: Happened): RecordState;
}

/** The domain's own rules say what an event means, as in the lists. */
const FOLDERS: Readonly<Record<RecordType, Folder>> = {
  lead: leadDecider,
  opportunity: opportunityDecider,
  contact: contactDecider,
  account: accountDecider,
};

/** States to fold onto: all but what is kept is as of a record that is not there, for nothing of it shows. */
const BLANK: Readonly<Record<RecordType, RecordState>> = {
  lead: leadDecider.initial(''),
  opportunity: opportunityDecider.initial(''),
  contact: contactDecider.initial(''),
  account: accountDecider.initial(''),
};

export function openBearer(key: string, document: BearerDocument | undefined): BearerFold {
  const { type, id } = recordOfKey(key) ?? { type: 'lead', id: key };
  if (!document) {
    const kept = BLANK[type];
    return { type, id, kept, texts: [], skipped: [], parts: NO_PARTS };
  }
  const { status: lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy } = document;
  const { resting, keys, skipped = [] } = document;
  const kept: Kept = {
    ...{ lifecycle, fields, custom, createdAt, createdBy },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
  };
  const texts = resting ?? keys.map((one) => partsOfClusterId(one).text);
  return withParts({ type, id, kept, texts, skipped, parts: NO_PARTS });
}

export function evolveBearer(fold: BearerFold, event: Recorded, settings: Settings): BearerFold {
  if (event.type === 'DuplicateSkipped' || event.type === 'DuplicateSkipWithdrawn') {
    return withParts({ ...fold, skipped: skippedAfter(fold, event as Recorded<SkipEvent>) });
  }
  const { type, id, kept } = fold;
  const before = { ...BLANK[type], ...kept, id };
  const after = FOLDERS[type].evolve(before, withoutErasedParts(event));
  const changed = after.fields !== kept.fields || after.custom !== kept.custom;
  const texts = changed ? matchKeys(type, after, settings).map(keyText) : fold.texts;
  const same = sameTexts(texts, fold.texts) && after.lifecycle === kept.lifecycle;
  const next = { ...fold, kept: keptOf(after, kept), texts: same ? fold.texts : texts };
  return same ? next : withParts(next);
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
    ...(status !== 'live' && { resting: texts }),
    ...(skipped.length > 0 && { skipped }),
    position,
  };
}

function withParts(fold: BearerFold): BearerFold {
  const { type, kept, texts, skipped } = fold;
  if (kept.lifecycle !== 'live') return { ...fold, parts: NO_PARTS };
  const ids = texts.map((text) => clusterId(type, text));
  return { ...fold, parts: partsOf(ids, texts, skipped, fold.parts) };
}

function skippedAfter({ type, id, skipped }: BearerFold, event: Recorded<SkipEvent>) {
  const others = event.data.ids
    .filter((one) => one !== id)
    .map((other) => recordKey({ type, id: other }));
  const without = skipped.filter((one) => !others.includes(one));
  return event.type === 'DuplicateSkipped' ? [...without, ...others].sort() : without;
}

function keptOf(after: RecordState, before: Kept): Kept {
  const { lifecycle, custom, ownerId, teamId, createdAt, createdBy } = after;
  const fields = after.fields === before.fields ? before.fields : matched(after.fields);
  return { lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy };
}

function matched(fields: FieldValues): FieldValues {
  const some: Record<string, FieldValue> = {};
  for (const name of MATCHED_FIELDS) {
    const value = fields[name];
    if (value !== undefined) some[name] = value;
  }
  return some;
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
