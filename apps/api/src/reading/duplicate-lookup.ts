import type { RecordRef, RecordType, Uuid } from '#crm';
import { type Access, type Bearer, isShownTo, type Queries } from '#read-side';
import type { RecentRecords } from './recent-records.js';

/** A record that stands and bears some of the keys asked for, or was found through what was merged into it. */
export interface Sharing extends RecordRef {
  readonly keys: readonly string[];
}

/** What a caller may see of each type. */
export type AccessTo = (type: RecordType) => Access;

/** Finds records by match keys, for many callers at once. */
export interface DuplicateLookup {
  /**
   * Some records that bear one of the keys, at most `MOST_SHARING` for each key; `withoutNoise` none of a key that so many
   * share that it says nothing. Of leads they may be opportunities, which leads were merged into.
   */
  find(
    type: RecordType,
    keys: readonly string[],
    accessTo: AccessTo,
    options?: { readonly withoutNoise?: boolean },
  ): Promise<readonly Sharing[]>;
}

/** Looked up for a key: a few to show, and the one that asks. */
export const MOST_SHARING = 11;

interface Asked {
  readonly keys: readonly string[];
  readonly accessTo: AccessTo;
  readonly withoutNoise: boolean;
  readonly answer: (sharing: readonly Sharing[]) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Answers what is asked within one turn of the event loop together. Of a key that many records bear, such as a common
 * name, only some are looked at; a caller who may see none of those is answered by a search of their own.
 */
export function createDuplicateLookup(
  queries: Queries,
  recent: Pick<RecentRecords, 'sharing'>,
): DuplicateLookup {
  const waiting = new Map<RecordType, Asked[]>();

  async function answerAll(type: RecordType): Promise<void> {
    const asked = waiting.get(type) ?? [];
    waiting.delete(type);
    try {
      const keys = [...new Set(asked.flatMap((one) => one.keys))];
      const found = await queries.findSharing({ type, keys, most: MOST_SHARING });
      const byKey = new Map<string, Bearer[]>();
      const unseen = recent.sharing(type, keys).filter(({ id }) => !found.has(id));
      for (const document of [...found.values(), ...unseen]) {
        for (const key of document.keys) byKey.set(key, [...(byKey.get(key) ?? []), document]);
      }
      const noise = new Set(await noiseFor(asked, type, byKey));
      const keysOf = ({ keys, withoutNoise }: Asked) =>
        withoutNoise ? keys.filter((key) => !noise.has(key)) : keys;
      await Promise.all(
        asked.map(async (one) =>
          one.answer(await shown(type, { ...one, keys: keysOf(one) }, byKey)),
        ),
      );
    } catch (error) {
      for (const one of asked) one.fail(error);
    }
  }

  /** Looked for only where there may be more bearers than were looked at. */
  async function noiseFor(
    asked: readonly Asked[],
    type: RecordType,
    byKey: ReadonlyMap<string, readonly Bearer[]>,
  ): Promise<readonly string[]> {
    if (!asked.some(({ withoutNoise }) => withoutNoise)) return [];
    const crowded = [...byKey].filter(([, { length }]) => length >= MOST_SHARING);
    return queries.noiseAmong(
      type,
      crowded.map(([key]) => key),
    );
  }

  async function shown(
    type: RecordType,
    { keys, accessTo }: Asked,
    byKey: ReadonlyMap<string, readonly Bearer[]>,
  ): Promise<readonly Sharing[]> {
    const found = new Map<Uuid, { readonly type: RecordType; readonly keys: string[] }>();
    const access = accessTo(type);
    const mayShow = (one: Bearer) =>
      isShownTo(one.type === type ? access : accessTo(one.type), one);
    for (const key of keys) {
      const looked = byKey.get(key) ?? [];
      const visible = looked.filter(mayShow);
      const hidden = visible.length === 0 && looked.length >= MOST_SHARING;
      const documents = hidden
        ? await queries.findCandidates({ type, keys: [key], accessTo, limit: MOST_SHARING })
        : visible;
      for (const { id, type: own } of documents) {
        const shared = found.get(id)?.keys;
        if (!shared) found.set(id, { type: own, keys: [key] });
        else if (!shared.includes(key)) shared.push(key);
      }
    }
    return [...found].map(([id, shared]) => ({ id, ...shared }));
  }

  return {
    find: (type, keys, accessTo, { withoutNoise = false } = {}) =>
      new Promise((resolve, reject) => {
        const asked = { keys, accessTo, withoutNoise, answer: resolve, fail: reject };
        const known = waiting.get(type);
        if (known) known.push(asked);
        else {
          waiting.set(type, [asked]);
          setImmediate(() => void answerAll(type));
        }
      }),
  };
}
