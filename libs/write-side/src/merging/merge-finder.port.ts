import type { Position, RecordRef, Uuid } from '#crm';

/** Finds the survivor of a merge in the read models. What it finds is confirmed against the survivor's stream. */
export interface MergeFinder {
  /**
   * The survivor, or undefined when there is no such merge. Knows everything up to `upTo`, and waits for it.
   * @throws Refusal-like unavailability when the read model does not get there in time
   */
  survivorOf(mergeId: Uuid, upTo: Position): Promise<RecordRef | undefined>;
}
