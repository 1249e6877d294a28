import type { RecordRef, Reservation } from '#crm';

/** A record that a merge holds while it is being decided. */
export interface Hold {
  readonly record: RecordRef;
  readonly reservation: Reservation;
}

/** A command met a record that is held; it is carried out once the merge is decided. */
export class Held extends Error {
  constructor(readonly hold: Hold) {
    super(
      `${hold.record.type}-${hold.record.id} is held for the merge ${hold.reservation.mergeId}.`,
    );
    this.name = 'Held';
  }
}
