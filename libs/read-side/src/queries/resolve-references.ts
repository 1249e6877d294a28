import { FIELD_CATALOGUE, PLURALS, type RecordRef, type RecordType } from '#crm';
import { MERGES } from '../merges/merge-projection.js';
import type { RecordDocument } from '../records/record-document.js';
import { recordKey } from '../records/record-key.js';
import { leadsBehind, withConversionsBehind } from './conversions-behind.js';
import { type LivingEnds, type LookUp, livingEnds, mergedNow } from './living-ends.js';
import { loadRecords } from './load-records.js';
import type { QueryContext } from './query-context.js';

/** Fields of a record type that point at records, with the type of those. */
export const REFERENCES: Readonly<Record<RecordType, readonly (readonly [string, RecordType])[]>> =
  {
    lead: referencesOf('lead'),
    opportunity: referencesOf('opportunity'),
    contact: referencesOf('contact'),
    account: referencesOf('account'),
  };

function referencesOf(type: RecordType): readonly (readonly [string, RecordType])[] {
  return FIELD_CATALOGUE[type].flatMap(({ name, target }) =>
    target ? [[name, target] as const] : [],
  );
}

/** Read models that a list of a type is told from, its own first: merges, and for what is filtered by those of what it points at. */
export function listedFrom(type: RecordType): readonly string[] {
  const targets = REFERENCES[type].map(([, target]) => PLURALS[target]);
  return targets.length === 0
    ? [PLURALS[type]]
    : [...new Set([PLURALS[type], ...targets, MERGES.name])];
}

/** Read models that one record is shown from. */
export function shownFrom(type: RecordType): readonly string[] {
  return [PLURALS[type], MERGES.name];
}

/**
 * Records as they are shown: what points at one that was merged away points at the one that stands for it, and a merged one names that
 * as `mergedInto`, with `mergedFirstInto` where another lies in between. Stored documents keep what was recorded, so that undoing a
 * merge brings every reference back.
 */
export async function resolveReferences(
  documents: readonly RecordDocument[],
  lookUp: LookUp,
): Promise<readonly RecordDocument[]> {
  const pointed = documents.flatMap(pointedAt);
  if (pointed.length === 0) return documents;
  const ends = await livingEnds(pointed, lookUp);
  return ends.size === 0 ? documents : documents.map((document) => resolved(document, ends));
}

/** Records as they are shown now: with their references resolved, and leads with the conversions of those merged into them. */
export async function resolveNow(
  context: QueryContext,
  documents: readonly RecordDocument[],
): Promise<readonly RecordDocument[]> {
  const resolved = await resolveReferences(documents, mergedNow(context));
  return withConversionsBehind(resolved, (records) => loadRecords(context, records));
}

function pointedAt(document: RecordDocument): readonly RecordRef[] {
  const refs = REFERENCES[document.type].flatMap(([field, type]) => {
    const id = document[field];
    return typeof id === 'string' ? [{ type, id }] : [];
  });
  return document.mergedInto ? [...refs, document.mergedInto] : refs;
}

function resolved(document: RecordDocument, ends: LivingEnds): RecordDocument {
  const changes: Record<string, RecordDocument[string]> = {};
  for (const [field, type] of REFERENCES[document.type]) {
    const id = document[field];
    const end = typeof id === 'string' ? ends.get(recordKey({ type, id })) : undefined;
    if (end) changes[field] = end.id;
  }
  const { mergedInto } = document;
  const end = mergedInto && ends.get(recordKey(mergedInto));
  if (end) Object.assign(changes, { mergedInto: end, mergedFirstInto: mergedInto });
  return Object.keys(changes).length === 0 ? document : { ...document, ...changes };
}

/**
 * Where a record as it is shown leads to that the stored one does not: nothing unless something that it points at was merged. Without
 * the stored one, wherever it leads.
 */
export function leadingElsewhere(
  shown: RecordDocument,
  stored?: RecordDocument,
): readonly string[] {
  const members = [
    ...REFERENCES[shown.type].map(([field]) => field),
    'mergedInto',
    ...(leadsBehind(shown).length > 0 ? ['conversions'] : []),
  ];
  return members
    .filter((member) => shown[member] !== stored?.[member])
    .map((member) => `${member}=${JSON.stringify(shown[member])}`);
}
