/** The cursor was not made by this filter and sort, or was altered. */
export class InvalidCursor extends Error {
  constructor() {
    super('The cursor does not belong to this query.');
    this.name = 'InvalidCursor';
  }
}

/** The read store cannot be used now. */
export class ReadStoreUnavailable extends Error {
  constructor(readonly why: string) {
    super(`The read store is unavailable: ${why}.`);
    this.name = 'ReadStoreUnavailable';
  }
}

/** Nothing was written: the lease that it was to be written under is lost, or was let go. */
export class LeaseLost extends Error {
  constructor(
    /** Name of the lease. */
    readonly lease: string,
    /** The token that is no longer the newest. */
    readonly token: number,
  ) {
    super(`The lease ${lease} is held by token ${token} no longer.`);
    this.name = 'LeaseLost';
  }
}
