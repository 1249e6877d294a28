import type { Position, RecordRef, RecordType } from '#crm';

/** Finds records by match key in the read models. What it finds is confirmed against streams before it counts. */
export interface CandidateFinder {
  /**
   * Records that bear one of the keys (as `keyText` writes them), in no order, at most 200 for each key, or 400 where some were merged
   * away; of opportunities also leads that were merged, perhaps into one. Knows everything up to `upTo`, and waits for it.
   * @throws Refusal-like unavailability when the read model does not get there in time
   */
  find(type: RecordType, keys: readonly string[], upTo: Position): Promise<readonly RecordRef[]>;
}
