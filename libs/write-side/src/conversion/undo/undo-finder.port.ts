import type { Position, RecordRef, Uuid } from '#crm';

/** What may make use of a record, as far as the read models know. */
export interface Users {
  /** Records that point at it. */
  readonly records: readonly RecordRef[];
  /** Activities that concern it. */
  readonly activities: readonly Uuid[];
  /** Conversions that created it, updated it or linked to it. */
  readonly conversions: readonly { readonly leadId: Uuid; readonly conversionId: Uuid }[];
}

/**
 * Finds in the read models what undoing a conversion has to know. What it finds is confirmed against streams before it counts.
 * Each question knows everything up to `upTo`, and waits for it.
 * @throws Refusal-like unavailability when the read models do not get there in time
 */
export interface UndoFinder {
  /** The lead that was converted, or undefined when there is no such conversion. */
  leadOf(conversionId: Uuid, upTo: Position): Promise<Uuid | undefined>;
  /** At most 200 of each kind. */
  usersOf(record: RecordRef, upTo: Position): Promise<Users>;
}
