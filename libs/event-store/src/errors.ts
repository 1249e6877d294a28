import type { Position, Revision } from '#crm';
import type { ExpectedRevision } from './event-store.port.js';

/** The stream is not at the revision that the append expected. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: Revision | 'no_stream',
  ) {
    super(`Stream ${stream} is at ${actual}, not at ${expected}.`);
    this.name = 'WrongExpectedRevision';
  }
}

/** The append can never succeed as it is: nothing was stored. */
export class InvalidAppend extends Error {
  constructor(
    readonly stream: string,
    readonly why: string,
  ) {
    super(`Cannot append to ${stream}: ${why}.`);
    this.name = 'InvalidAppend';
  }
}

/** The data of one append exceeds the limit. */
export class AppendTooLarge extends Error {
  constructor(
    readonly stream: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`An append of ${bytes} bytes to ${stream} exceeds ${limit}.`);
    this.name = 'AppendTooLarge';
  }
}

/** The store did not take the call. Nothing was stored. */
export class StoreUnavailable extends Error {
  constructor(why: string) {
    super(`The event store is unavailable: ${why}.`);
    this.name = 'StoreUnavailable';
  }
}

/** What the store was opened with cannot work: waiting does not help. Names no secret. */
export class StoreMisconfigured extends Error {
  constructor(
    /** Which store, as `host:port`, or which setting. */
    readonly where: string,
    readonly why: string,
  ) {
    super(`The event store at ${where} cannot be used: ${why}.`);
    this.name = 'StoreMisconfigured';
  }
}

/** A position that the store never gave: some cannot be read from where no event is. */
export class UnknownPosition extends Error {
  constructor(readonly position: Position) {
    super(`The event store has no event at position ${position}.`);
    this.name = 'UnknownPosition';
  }
}

/** Whether the append was stored is not known; only the same append again can tell. */
export class OutcomeUnknown extends Error {
  constructor(
    readonly stream: string,
    readonly why: string,
  ) {
    super(`Whether the append to ${stream} was stored is unknown: ${why}.`);
    this.name = 'OutcomeUnknown';
  }
}

/** Another process writes to the data folder. */
export class StoreLocked extends Error {
  constructor(
    readonly folder: string,
    /** The writing process, where it could be read. */
    readonly pid: number | undefined,
  ) {
    super(`The data folder ${folder} is in use by process ${pid ?? 'unknown'}.`);
    this.name = 'StoreLocked';
  }
}

/** The store's file is damaged. It was not changed. */
export class StoreDamaged extends Error {
  constructor(
    readonly file: string,
    readonly why: string,
    /** Where the damage is, when it is within one event. */
    readonly position?: Position,
  ) {
    super(`The file ${file} is damaged: ${why}.`);
    this.name = 'StoreDamaged';
  }
}

/** The key ring has a secret for hashes already, and it is another than it was to take. */
export class ForeignKeyRing extends Error {
  constructor(
    /** Where the ring is. */
    readonly place: string,
  ) {
    super(`The key ring ${place} is another installation's: it has a secret of its own.`);
    this.name = 'ForeignKeyRing';
  }
}

/** No definition of this event type was registered: nothing was stored. */
export class UnknownEventType extends Error {
  constructor(readonly type: string) {
    super(`There is no event type ${type}.`);
    this.name = 'UnknownEventType';
  }
}

/** The sealed part of an event does not open with its key: the event is not as it was written, or was moved. */
export class SealBroken extends Error {
  constructor(
    readonly stream: string,
    readonly position: Position,
    readonly why: string,
  ) {
    super(`The sealed part of event ${position} of ${stream} is damaged: ${why}.`);
    this.name = 'SealBroken';
  }
}
