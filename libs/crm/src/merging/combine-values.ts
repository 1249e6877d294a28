import { type FieldType, type FieldValue, isEmptyValue, sameValue } from '../record/field.js';
import type { RecordRef } from '../record/record-type.js';
import { VALUE_LIMITS } from '../record/values/limits.js';
import { entryKey } from './alike.js';
import type { MergeableField } from './mergeable-fields.js';
import { priorityRank } from './priority-rank.js';

/** What one of the records has in a field. */
export interface Candidate {
  readonly record: RecordRef;
  readonly value: FieldValue;
  readonly isSurvivor: boolean;
}

/** What a field comes to, and from whom. No value: it stays or becomes empty. */
export interface Combined {
  readonly value?: FieldValue;
  readonly sources: readonly RecordRef[];
}

/** Between descriptions that are joined. */
const BETWEEN = '\n\n';

/**
 * The value of a field from what the records have in it, the survivor's first, then by order of creation (PRODUCT.md P3). 0 and false
 * are values.
 */
export function combineValues(
  { rule, type }: MergeableField,
  candidates: readonly Candidate[],
  phoneRegion: string,
): Combined {
  const present = candidates.filter(({ value }) => !isEmptyValue(value));
  const own = present.find(({ isSurvivor }) => isSurvivor);
  switch (rule) {
    case 'first':
      return taken(present[0]);
    case 'own':
      return taken(own);
    case 'one-currency': {
      const currencies = new Set(present.map(({ value }) => currencyOf(value)));
      return taken(own ?? (currencies.size === 1 ? present[0] : undefined));
    }
    case 'united':
    case 'united-emails':
      return united(present, type as FieldType, phoneRegion);
    case 'joined':
      return joined(present);
    case 'highest':
      return taken(highest(present));
  }
}

function taken(candidate: Candidate | undefined): Combined {
  return candidate ? { value: candidate.value, sources: [candidate.record] } : { sources: [] };
}

function currencyOf(value: FieldValue): string {
  return typeof value === 'object' && 'currency' in value ? (value.currency ?? '') : '';
}

function united(present: readonly Candidate[], type: FieldType, phoneRegion: string): Combined {
  const entries = new Map<string, string>();
  const sources: RecordRef[] = [];
  for (const { record, value } of present) {
    const before = entries.size;
    for (const entry of Array.isArray(value) ? value : []) {
      const key = entryKey(type, entry, phoneRegion);
      if (!entries.has(key)) entries.set(key, entry);
    }
    if (entries.size > before) sources.push(record);
  }
  return entries.size === 0 ? { sources: [] } : { value: [...entries.values()], sources };
}

/** Whole texts only, as many as a text may hold; a text that is there already is not repeated. */
function joined(present: readonly Candidate[]): Combined {
  const texts: string[] = [];
  const sources: RecordRef[] = [];
  for (const { record, value } of present) {
    const text = String(value);
    if (texts.includes(text)) continue;
    if ([...texts, text].join(BETWEEN).length > VALUE_LIMITS.longText && texts.length > 0) continue;
    texts.push(text);
    sources.push(record);
  }
  return texts.length === 0 ? { sources: [] } : { value: texts.join(BETWEEN), sources };
}

/** The first among the highest. A priority of an unknown word is no higher than what comes before it. */
function highest(present: readonly Candidate[]): Candidate | undefined {
  return present.reduce<Candidate | undefined>((best, candidate) => {
    if (!best) return candidate;
    const [rank, bestRank] = [priorityRank(candidate.value), priorityRank(best.value)];
    return rank !== undefined && bestRank !== undefined && rank > bestRank ? candidate : best;
  }, undefined);
}

/** Whether a value lives on in what a field came to: as it is, as one of its texts, or all its entries among them. */
export function livesOn(
  value: FieldValue,
  result: FieldValue | undefined,
  { type, rule }: MergeableField,
  phoneRegion: string,
): boolean {
  if (result === undefined) return false;
  if (Array.isArray(value) && Array.isArray(result)) {
    const key = (entry: string) => entryKey(type as FieldType, entry, phoneRegion);
    const kept = new Set(result.map(key));
    return value.every((entry) => kept.has(key(entry)));
  }
  if (rule === 'joined') return String(result).includes(String(value));
  return sameValue(value, result);
}
