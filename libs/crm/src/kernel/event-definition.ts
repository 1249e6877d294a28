import type { JsonObject } from './json.js';

/**
 * Which parts of an event's data are personal (PRODUCT.md P11, DESIGN.md "Personal data"). They are sealed together
 * with the key of the record's stream; everything else stays readable in the store.
 */
export interface PersonalParts {
  /** Dotted paths into the data, e.g. `fields.email`. A path seals everything below it. */
  readonly paths: readonly string[];
  /**
   * Names of personal fields within `data.changes: [{field, from, to}]`. A change whose field is named here, or starts
   * with one of them and a dot, is sealed; the field's name stays readable, its values do not.
   */
  readonly changedFields: readonly string[];
}

/** Nothing in the event is personal. */
const NOTHING_PERSONAL: PersonalParts = { paths: [], changedFields: [] };

/**
 * Everything that the codec and the docs must know of an event type. A type's shape is for ever: a new shape is a new
 * `version` with an upcaster from the one before.
 */
export interface EventDefinition {
  readonly type: string;
  /** The current schema version, from 1. */
  readonly version: number;
  /** One sentence for the events catalogue. */
  readonly summary: string;
  readonly personal: PersonalParts;
  /** `upcasters[n]` turns data of version n into version n + 1. One for every version below the current. */
  readonly upcasters: Readonly<Record<number, (data: JsonObject) => JsonObject>>;
}

/** A definition of a type's first version. */
export function defineEvent(
  type: string,
  summary: string,
  personal: PersonalParts = NOTHING_PERSONAL,
): EventDefinition {
  return { type, version: 1, summary, personal, upcasters: {} };
}
