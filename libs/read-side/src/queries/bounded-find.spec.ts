import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CollectionDefinition, openEmbeddedReadStore, type ReadStore } from '#read-store';
import { boundedFind } from './bounded-find.js';

const COLLECTION: CollectionDefinition = {
  name: 'things',
  version: 1,
  indexes: [{ fields: ['at'] }, { fields: ['owner', 'at'] }],
};
const BUDGET = 20;
const NEWEST = [{ field: 'at', direction: 'descending' }] as const;

let readStore: ReadStore;
let looked = 0;

beforeEach(async () => {
  readStore = openEmbeddedReadStore({});
  await readStore.ensure(COLLECTION);
  const writes = Array.from({ length: 100 }, (_, n) => ({
    kind: 'put' as const,
    collection: COLLECTION,
    position: n + 1,
    document: {
      id: String(n).padStart(3, '0'),
      at: n,
      owner: n % 50 === 0 ? 'few' : 'many',
      colour: n % 30 === 0 ? 'red' : 'blue',
    },
  }));
  await readStore.write({ writes, checkpoints: {} });
  looked = 0;
});
afterEach(() => readStore.close());

function counting(): ReadStore {
  return {
    ...readStore,
    async find(collection, find) {
      const page = await readStore.find(collection, find);
      looked += page.documents.length;
      return page as never;
    },
  };
}

async function everything(filter: Record<string, string>, limit: number) {
  const ids: string[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const at = cursor === undefined ? {} : { cursor };
    const find = { filter, sort: NEWEST, limit, ...at };
    const page = await boundedFind(counting(), COLLECTION, find, BUDGET);
    ids.push(...page.documents.map(({ id }) => id));
    cursor = page.next;
    pages += 1;
  } while (cursor !== undefined && pages < 100);
  return { ids, pages };
}

describe('a bounded find', () => {
  it('looks at no more documents than its budget for one page, and finds all over several', async () => {
    const find = { filter: { colour: 'red' }, sort: NEWEST, limit: 5 };
    const page = await boundedFind(counting(), COLLECTION, find, BUDGET);
    expect(looked).toBeLessThanOrEqual(2 * BUDGET);
    expect(page.documents.map(({ id }) => id)).toEqual(['090']);
    expect(page.next).toBeDefined();
    expect((await everything({ colour: 'red' }, 5)).ids).toEqual(['090', '060', '030', '000']);
  });

  it('goes on in the middle of a walk without losing or repeating', async () => {
    const { ids } = await everything({ colour: 'blue' }, 7);
    expect(ids).toHaveLength(96);
    expect(new Set(ids).size).toBe(96);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  it('leaves it to the store when an index leaves few documents', async () => {
    const { ids, pages } = await everything({ owner: 'few', colour: 'red' }, 5);
    expect([ids, pages]).toEqual([['000'], 1]);
  });

  it('refuses a sort that no index serves when too many documents match', async () => {
    const sort = [{ field: 'colour', direction: 'ascending' }] as const;
    const find = (filter: Record<string, string>) =>
      boundedFind(readStore, COLLECTION, { filter, sort, limit: 5 }, BUDGET);
    await expect(find({})).rejects.toMatchObject({ path: 'sort' });
    expect((await find({ owner: 'few' })).documents).toHaveLength(2);
  });
});
