import {
  keyText,
  type MatchKey,
  matchKeys,
  type Position,
  type RecordState,
  type RecordType,
  type Revision,
  type Settings,
} from '#crm';
import { type Bearer, DUPLICATES, type ReadModels } from '#read-side';

/** Records that came into being through this process and that the read models do not have yet. */
export interface RecentRecords {
  /** Keeps a record that has just come into being, with the settings that it did under. */
  note(state: RecordState, at: Place, settings: Settings): void;
  /** The match keys of a record that is kept. */
  keysOf(type: RecordType, id: string): readonly MatchKey[] | undefined;
  /** Those that bear one of the match keys (`keyText`); of a key that many bear, the latest. */
  sharing(type: RecordType, keys: readonly string[]): readonly Bearer[];
}

interface Place {
  readonly revision: Revision;
  readonly position: Position;
}

interface Recent {
  readonly state: RecordState;
  readonly at: Place;
  readonly keys: readonly MatchKey[];
}

/** Most kept, when read models are far behind: the oldest go first, and show when the read models have them. */
const MOST = 10_000;
/** Most kept of one key: as many as a look-up shows, and some that it may not. */
const MOST_OF_KEY = 13;

/**
 * Bridges the moment until a record shows in the read models, so that whoever captures the same twice in a row is told so
 * without waiting for them.
 */
export function createRecentRecords(models: Pick<ReadModels, 'reached'>): RecentRecords {
  /** In the order that they came. */
  const records = new Map<string, Recent>();
  const bearers = new Map<string, Recent[]>();
  const placeOf = (type: RecordType, key: string) => `${type} ${key}`;

  function forget(recent: Recent): void {
    const { type, id } = recent.state;
    records.delete(placeOf(type, id));
    for (const key of recent.keys) {
      const place = placeOf(type, keyText(key));
      const some = bearers.get(place);
      if (some?.[0] === recent) some.shift();
      if (some?.length === 0) bearers.delete(place);
    }
  }

  function forgetShown(): void {
    if (records.size === 0) return;
    const shown = models.reached([DUPLICATES.name]);
    for (const recent of records.values()) {
      if (records.size <= MOST && recent.at.position > shown) return;
      forget(recent);
    }
  }

  return {
    note(state, at, settings) {
      forgetShown();
      const { type, id } = state;
      const recent = { state, at, keys: matchKeys(type, state, settings) };
      records.set(placeOf(type, id), recent);
      for (const key of recent.keys) {
        const place = placeOf(type, keyText(key));
        const some = bearers.get(place) ?? [];
        bearers.set(place, some);
        some.push(recent);
        if (some.length > MOST_OF_KEY) some.shift();
      }
    },
    keysOf: (type, id) => records.get(placeOf(type, id))?.keys,
    sharing(type, keys) {
      forgetShown();
      const found = new Set(keys.flatMap((key) => bearers.get(placeOf(type, key)) ?? []));
      return [...found].map(bearerOf);
    },
  };
}

function bearerOf({ state, keys }: Recent): Bearer {
  const { id, type, ownerId, teamId, createdBy } = state;
  return {
    ...{ id, type, status: 'live', createdBy, keys: keys.map(keyText) },
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
  };
}
