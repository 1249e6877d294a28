import { keyText, type MatchKey } from '../matching/match-key.js';
import { type MatchedValues, matchKeys } from '../matching/match-keys.js';
import type { RecordType } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';

/**
 * The keys by which an import takes rows for the same, by their text: the strong ones. That two leads work for one
 * organisation does not make them one, so a lead's organisation is left out.
 */
export function duplicateKeys(
  type: RecordType,
  values: MatchedValues,
  settings: Settings,
): ReadonlyMap<string, MatchKey> {
  const telling = matchKeys(type, values, settings).filter(
    ({ strength, kind }) => strength === 'strong' && !(type === 'lead' && kind === 'organisation'),
  );
  return new Map(telling.map((key) => [keyText(key), key]));
}
