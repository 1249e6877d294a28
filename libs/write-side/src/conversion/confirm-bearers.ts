import {
  type AnyRecordState,
  type Confirmed,
  keyText,
  type MatchKey,
  matchKeys,
  type RecordRef,
  type RecordType,
  type Settings,
} from '#crm';
import type { Executor } from '../execution/executor.js';
import { livingEnd } from '../merging/living-end.js';
import { recordTarget } from '../records/record-target.js';

/**
 * The live records of a type that stand for those found by a key, each once: the ones whose streams say that they bear it, and of
 * those that were merged away the ends of their chains (PRODUCT.md P3: duplicates' keys follow).
 */
export async function confirmBearers(
  executor: Executor,
  type: RecordType,
  found: readonly RecordRef[],
  key: MatchKey,
  settings: Settings,
): Promise<readonly Confirmed<AnyRecordState>[]> {
  const wanted = keyText(key);
  const load = (record: RecordRef): Promise<Confirmed<AnyRecordState>> =>
    executor.load(recordTarget(record.type, record.id));
  const standing = await Promise.all(
    found.map(async (record) => {
      const confirmed = await load(record);
      const keys = matchKeys(record.type, confirmed.state, settings);
      if (!keys.some((one) => keyText(one) === wanted)) return [];
      if (confirmed.state.lifecycle !== 'merged') return [confirmed];
      const end = await livingEnd(executor, record);
      return end.type === type ? [await load(end)] : [];
    }),
  );
  const live = standing.flat().filter(({ state }) => state.lifecycle === 'live');
  return [...new Map(live.map((confirmed) => [confirmed.state.id, confirmed])).values()];
}
