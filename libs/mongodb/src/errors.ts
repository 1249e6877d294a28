/** MongoDB cannot be used now, or not as it is. `why` holds neither credentials nor anybody's data. */
export class MongoUnavailable extends Error {
  constructor(
    /** Hosts and database, as `MongoConnection.place`. */
    readonly place: string,
    readonly why: string,
  ) {
    super(`MongoDB at ${place} cannot be used: ${why}.`);
    this.name = 'MongoUnavailable';
  }
}
