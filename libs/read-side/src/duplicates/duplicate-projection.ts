import { type Recorded, type RecordType, recordName, type SkipEvent } from '#crm';
import type { Projection } from '../engine/projection.port.js';
import { RECORD_PREFIXES, recordKey, recordOfStream } from '../records/record-key.js';
import { type BearerDocument, DUPLICATES } from './bearer-document.js';
import { type BearerFold, closeBearer, evolveBearer, openBearer } from './bearer-fold.js';
import { clusterGroups } from './cluster-groups.js';
import { SKIP_PREFIX } from './skip-projection.js';

/**
 * What happens to a record without touching its keys, whose it is or whether it stands: not folded, as that would only cost. An event that
 * is not named here is folded, whatever it turns out to mean.
 */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'Tagged',
  'NoteAdded',
  'NoteEdited',
  'NoteRemoved',
  'AttachmentsAdded',
  'AttachmentRemoved',
  'StageChanged',
  'Lost',
  'Won',
  'Reopened',
  'Converted',
  'ConversionCompleted',
  'ConversionAbandoned',
]);

/** Who bears which match keys, and above that the clusters of records that share one (PRODUCT.md P4). */
export const duplicateProjection: Projection<BearerFold> = {
  collection: DUPLICATES,
  prefixes: [...RECORD_PREFIXES, SKIP_PREFIX],
  oneStream: false,
  keys(event) {
    if (event.stream.startsWith(SKIP_PREFIX)) {
      const { type, ids } = (event as Recorded<SkipEvent>).data;
      return ids.map((id) => recordKey({ type, id }));
    }
    const record = recordOfStream(event.stream);
    if (!record || WITHOUT_EFFECT.has(verbOf(event.type, record.type))) return [];
    return [recordKey(record)];
  },
  open: (key, stored) => openBearer(key, stored as BearerDocument | undefined),
  evolve: evolveBearer,
  close: closeBearer,
  groups: clusterGroups,
};

function verbOf(eventType: string, recordType: RecordType): string {
  return eventType.slice(recordName(recordType).length);
}
