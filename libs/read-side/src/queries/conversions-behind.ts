import { leadsAmong, type RecordRef } from '#crm';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';

/** Finds records, those that are there, in any order. */
export type LoadRecords = (records: readonly RecordRef[]) => Promise<readonly RecordDocument[]>;

/**
 * Leads as they are shown: with the conversions of the leads that were merged into them, by time, so that each lists every record that
 * ever came of it (PRODUCT.md P2). Stored documents keep their own, as they do references.
 */
export async function withConversionsBehind(
  documents: readonly RecordDocument[],
  load: LoadRecords,
): Promise<readonly RecordDocument[]> {
  const wanted = documents.flatMap(leadsBehind);
  if (wanted.length === 0) return documents;
  const byKey = new Map((await load(wanted)).map((lead) => [recordKey(lead), lead]));
  return documents.map((document) => {
    const behind = leadsBehind(document).flatMap((ref) => byKey.get(recordKey(ref)) ?? []);
    const theirs = behind.flatMap(({ conversions = [] }) => conversions);
    if (theirs.length === 0) return document;
    const conversions = [...(document.conversions ?? []), ...theirs].sort((one, other) =>
      one.at < other.at ? -1 : 1,
    );
    return { ...document, conversions, converted: conversions.some(({ undone }) => !undone) };
  });
}

/** Those that were merged into a lead, through chains. */
export function leadsBehind({
  type,
  absorbed = [],
}: Pick<RecordDocument, 'type' | 'absorbed'>): readonly RecordRef[] {
  return type === 'lead' ? leadsAmong(absorbed) : [];
}
