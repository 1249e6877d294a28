import { type FieldValue, isEmptyValue } from '../record/field.js';
import type { RecordRef } from '../record/record-type.js';
import { VALUE_LIMITS } from '../record/values/limits.js';
import { entryKey } from './alike.js';
import { livesAmong } from './lives-on.js';
import type { MergeableField } from './mergeable-fields.js';
import { BETWEEN } from './parts.js';
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

/** Most entries of a list, as many as people may enter. */
const MOST_ENTRIES: Readonly<Record<string, number>> = {
  texts: VALUE_LIMITS.textEntries,
  emails: VALUE_LIMITS.listEntries,
  phones: VALUE_LIMITS.listEntries,
};

/**
 * The value of a field from what the records have in it, the survivor's first, then by order of creation (PRODUCT.md P3). 0 and false
 * are values.
 */
export function combineValues(
  definition: MergeableField,
  candidates: readonly Candidate[],
  phoneRegion: string,
): Combined {
  const present = candidates.filter(({ value }) => !isEmptyValue(value));
  const own = present.find(({ isSurvivor }) => isSurvivor);
  switch (definition.rule) {
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
      return united(present, definition, phoneRegion);
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

/** The survivor's entries as they are, and of the others' those that no entry is equal to, as many as a list may hold. */
function united(
  present: readonly Candidate[],
  { type, options }: MergeableField,
  phoneRegion: string,
): Combined {
  const most = MOST_ENTRIES[type] ?? Number.POSITIVE_INFINITY;
  const keys = new Set<string>();
  const entries: string[] = [];
  const sources: RecordRef[] = [];
  for (const { record, value, isSurvivor } of present) {
    const before = entries.length;
    for (const entry of Array.isArray(value) ? value : []) {
      const key = entryKey(type, entry, phoneRegion);
      if (!isSurvivor && (keys.has(key) || entries.length >= most)) continue;
      keys.add(key);
      entries.push(entry);
    }
    if (entries.length > before) sources.push(record);
  }
  if (entries.length === 0) return { sources: [] };
  return { value: options ? inOrderOf(options, entries) : entries, sources };
}

/** Choices are kept in the order of their options, so that equal choices are equal values. */
function inOrderOf(options: readonly string[], chosen: readonly string[]): readonly string[] {
  const unknown = chosen.filter((option) => !options.includes(option));
  return [...options.filter((option) => chosen.includes(option)), ...unknown];
}

/** Whole texts only, as many as a text may hold; a text that is there already is not repeated. */
function joined(present: readonly Candidate[]): Combined {
  const texts: string[] = [];
  const sources: RecordRef[] = [];
  for (const { record, value } of present) {
    const text = String(value);
    if (livesAmong(text, texts.join(BETWEEN))) continue;
    if (texts.length > 0 && lengthOf([...texts, text].join(BETWEEN)) > VALUE_LIMITS.longText)
      continue;
    texts.push(text);
    sources.push(record);
  }
  return texts.length === 0 ? { sources: [] } : { value: texts.join(BETWEEN), sources };
}

/** In characters, as limits are. */
function lengthOf(text: string): number {
  return [...text].length;
}

/** The first among the highest. A priority of an unknown word is no higher than what comes before it. */
function highest(present: readonly Candidate[]): Candidate | undefined {
  return present.reduce<Candidate | undefined>((best, candidate) => {
    if (!best) return candidate;
    const [rank, bestRank] = [priorityRank(candidate.value), priorityRank(best.value)];
    return rank !== undefined && bestRank !== undefined && rank > bestRank ? candidate : best;
  }, undefined);
}
