import type { RecordType, Uuid } from '#crm';
import { type Access, type Bearer, isShownTo, type Queries } from '#read-side';
import type { RecentRecords } from './recent-records.js';

/** A record that bears some of the keys asked for. */
export interface Sharing {
  readonly id: Uuid;
  readonly keys: readonly string[];
}

/** Finds records by match keys, for many callers at once. */
export interface DuplicateLookup {
  /** Some records that bear one of the keys, at most `MOST_SHARING` for each key. */
  find(type: RecordType, keys: readonly string[], access: Access): Promise<readonly Sharing[]>;
}

/** Looked up for a key: a few to show, and the one that asks. */
export const MOST_SHARING = 6;

interface Asked {
  readonly keys: readonly string[];
  readonly access: Access;
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
      await Promise.all(asked.map(async (one) => one.answer(await shown(type, one, byKey))));
    } catch (error) {
      for (const one of asked) one.fail(error);
    }
  }

  async function shown(
    type: RecordType,
    { keys, access }: Asked,
    byKey: ReadonlyMap<string, readonly Bearer[]>,
  ): Promise<readonly Sharing[]> {
    const found = new Map<Uuid, string[]>();
    for (const key of keys) {
      const looked = byKey.get(key) ?? [];
      const visible = looked.filter((document) => isShownTo(access, document));
      const hidden = visible.length === 0 && looked.length >= MOST_SHARING;
      const documents = hidden
        ? await queries.findCandidates({ type, keys: [key], access, limit: MOST_SHARING })
        : visible;
      for (const { id } of documents) {
        const shared = found.get(id);
        if (!shared) found.set(id, [key]);
        else if (!shared.includes(key)) shared.push(key);
      }
    }
    return [...found].map(([id, shared]) => ({ id, keys: shared }));
  }

  return {
    find: (type, keys, access) =>
      new Promise((resolve, reject) => {
        const asked = { keys, access, answer: resolve, fail: reject };
        const known = waiting.get(type);
        if (known) known.push(asked);
        else {
          waiting.set(type, [asked]);
          setImmediate(() => void answerAll(type));
        }
      }),
  };
}
