import type { RecordType, Uuid } from '#crm';
import type { Access, Queries, RecordDocument } from '#read-side';
import { FILTER_LIMITS } from '#read-store';

/** A record that bears some of the keys asked for. */
export interface Sharing {
  readonly id: Uuid;
  readonly keys: readonly string[];
}

/** Finds records by match keys, for many callers at once. */
export interface DuplicateLookup {
  /** The first created records that bear one of the keys, at most `MOST_SHARING` for each key that many bear. */
  find(type: RecordType, keys: readonly string[], access: Access): Promise<readonly Sharing[]>;
}

/** Looked up for a key that many records bear: a few to show, and the one that asks. */
export const MOST_SHARING = 11;
/** Documents of one look-up, beyond which it is found out which keys many records bear. */
const MOST_TOGETHER = 100;
/** Common keys remembered. */
const REMEMBERED = 10_000;

interface Asked {
  readonly keys: readonly string[];
  readonly answer: (sharing: readonly Sharing[]) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Answers what is asked within one turn of the event loop together: a store in the same process answers one query for
 * many keys far faster than many queries. Keys that many records bear, such as a common name, are looked up each on its
 * own, once for all who ask.
 */
export function createDuplicateLookup(queries: Queries): DuplicateLookup {
  const waiting = new Map<string, { type: RecordType; access: Access; asked: Asked[] }>();
  const common = new Set<string>();

  async function look(
    type: RecordType,
    keys: readonly string[],
    access: Access,
    limit: number,
  ): Promise<readonly Sharing[]> {
    if (keys.length === 0) return [];
    const wanted = new Set(keys);
    const found = await queries.findCandidates({ type, keys, access, limit });
    return found.map((document) => sharingOf(document, wanted));
  }

  async function lookTogether(
    type: RecordType,
    keys: readonly string[],
    access: Access,
  ): Promise<readonly Sharing[]> {
    const alone = keys.filter((key) => common.has(`${type} ${key}`));
    const together = keys.filter((key) => !alone.includes(key));
    const found = await look(type, together, access, MOST_TOGETHER);
    if (found.length === MOST_TOGETHER && together.length > 1) {
      const borne = new Map<string, number>();
      for (const key of found.flatMap((one) => one.keys)) borne.set(key, (borne.get(key) ?? 0) + 1);
      const [most] = [...borne].sort(([, left], [, right]) => right - left);
      if (common.size >= REMEMBERED) common.clear();
      if (most) common.add(`${type} ${most[0]}`);
      return lookTogether(type, keys, access);
    }
    const others = await Promise.all(alone.map((key) => look(type, [key], access, MOST_SHARING)));
    return [...found, ...others.flat()];
  }

  async function answer(group: string): Promise<void> {
    const { type, access, asked } = waiting.get(group) ?? {
      type: 'lead',
      access: 'none',
      asked: [],
    };
    waiting.delete(group);
    try {
      const keys = [...new Set(asked.flatMap((one) => one.keys))];
      const chunks: string[][] = [];
      for (let at = 0; at < keys.length; at += FILTER_LIMITS.values) {
        chunks.push(keys.slice(at, at + FILTER_LIMITS.values));
      }
      const found = (
        await Promise.all(chunks.map((chunk) => lookTogether(type, chunk, access)))
      ).flat();
      const byKey = new Map<string, Sharing[]>();
      for (const one of found) {
        for (const key of one.keys) byKey.set(key, [...(byKey.get(key) ?? []), one]);
      }
      for (const one of asked) one.answer(sharedWith(one.keys, byKey));
    } catch (error) {
      for (const one of asked) one.fail(error);
    }
  }

  return {
    find: (type, keys, access) =>
      new Promise((resolve, reject) => {
        const group = `${type} ${JSON.stringify(access)}`;
        const known = waiting.get(group);
        const asked = { keys, answer: resolve, fail: reject };
        if (known) known.asked.push(asked);
        else {
          waiting.set(group, { type, access, asked: [asked] });
          setImmediate(() => void answer(group));
        }
      }),
  };
}

function sharingOf({ id, keys }: RecordDocument, wanted: ReadonlySet<string>): Sharing {
  return { id, keys: keys.filter((key) => wanted.has(key)) };
}

/** What bears some of one asker's keys, each record once. */
function sharedWith(
  keys: readonly string[],
  byKey: ReadonlyMap<string, readonly Sharing[]>,
): readonly Sharing[] {
  const found = new Map<Uuid, string[]>();
  for (const key of keys) {
    for (const { id } of byKey.get(key) ?? []) {
      const known = found.get(id);
      if (!known) found.set(id, [key]);
      else if (!known.includes(key)) known.push(key);
    }
  }
  return [...found].map(([id, shared]) => ({ id, keys: shared }));
}
