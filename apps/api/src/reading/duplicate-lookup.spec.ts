import type { RecordType } from '#crm';
import type { Bearer, Queries } from '#read-side';
import { createDuplicateLookup, MOST_SHARING } from './duplicate-lookup.js';
import type { RecentRecords } from './recent-records.js';

interface Known {
  readonly id: string;
  readonly type: RecordType;
  readonly keys: readonly string[];
  readonly ownerId?: string;
  readonly status?: string;
}

const NOTHING_RECENT: Pick<RecentRecords, 'sharing'> = { sharing: () => [] };

/** Records by their keys, and a count of how often they were asked for. */
function records(documents: readonly Known[], recent = NOTHING_RECENT) {
  const asked = { sharing: 0, candidates: 0 };
  const bear = (key: string) => documents.filter(({ keys }) => keys.includes(key));
  const queries = {
    findSharing: async ({ keys, most }: { keys: readonly string[]; most: number }) => {
      asked.sharing += 1;
      const found = keys.flatMap((key) => bear(key).slice(0, most));
      return new Map(found.map((one) => [one.id, one as unknown as Bearer]));
    },
    noiseAmong: async (_type: RecordType, keys: readonly string[]) =>
      keys.filter((key) => key.endsWith('noise')),
    findCandidates: async ({ keys, accessTo, limit }: Parameters<Queries['findCandidates']>[0]) => {
      asked.candidates += 1;
      const { ownerId } = accessTo('lead') as { ownerId?: string };
      const found = keys.flatMap(bear).filter((one) => one.ownerId === ownerId);
      return found.slice(0, limit) as unknown as Bearer[];
    },
  };
  return { lookup: createDuplicateLookup(queries as unknown as Queries, recent), asked };
}
const person = (index: number): Known => ({
  id: `r${index}`,
  type: 'lead',
  keys: [`email:${index}`, 'name:an'],
  status: 'live',
});

describe('looking up duplicates', () => {
  it('answers many askers with one query, each with what is theirs', async () => {
    const { lookup, asked } = records([person(1), person(2), person(3)]);
    const answers = await Promise.all(
      [1, 2, 9].map((index) => lookup.find('lead', [`email:${index}`], () => 'all')),
    );
    expect(answers).toEqual([
      [{ type: 'lead', id: 'r1', keys: ['email:1'] }],
      [{ type: 'lead', id: 'r2', keys: ['email:2'] }],
      [],
    ]);
    expect(asked).toEqual({ sharing: 1, candidates: 0 });
  });

  it('names all keys that a record shares, once', async () => {
    const { lookup } = records([person(1)]);
    const found = await lookup.find('lead', ['email:1', 'name:an', 'phone:1'], () => 'all');
    expect(found).toEqual([{ type: 'lead', id: 'r1', keys: ['email:1', 'name:an'] }]);
  });

  it('names what the read models do not have yet, and what they have by now but once', async () => {
    const recent = [person(1), { ...person(2), ownerId: 'you' }] as unknown as Bearer[];
    const { lookup } = records([person(1)], { sharing: () => recent });
    const found = await lookup.find('lead', ['name:an'], () => 'all');
    expect(found.map(({ id }) => id)).toEqual(['r1', 'r2']);
    expect(await lookup.find('lead', ['name:an'], () => ({ ownerId: 'me' }))).toEqual([]);
  });

  it('finds the rare keys although many records bear a common one', async () => {
    const { lookup } = records(Array.from({ length: 500 }, (_, index) => person(index)));
    const found = await lookup.find('lead', ['email:450', 'name:an'], () => 'all');
    expect(found.map(({ id }) => id)).toContain('r450');
    expect(found.length).toBeLessThanOrEqual(MOST_SHARING + 1);
  });

  it('shows nobody what they may not see, nor what was deleted', async () => {
    const mine = { ...person(1), ownerId: 'me' };
    const { lookup } = records([
      mine,
      { ...person(2), ownerId: 'you' },
      { ...mine, id: 'x', status: 'deleted' },
    ]);
    const own = await lookup.find('lead', ['name:an'], () => ({ ownerId: 'me' }));
    expect(own.map(({ id }) => id)).toEqual(['r1']);
    expect(await lookup.find('lead', ['name:an'], () => 'none')).toEqual([]);
  });

  it('finds what the caller may see although many others bear the key', async () => {
    const others = Array.from({ length: 50 }, (_, index) => ({ ...person(index), ownerId: 'you' }));
    const { lookup, asked } = records([...others, { ...person(99), ownerId: 'me' }]);
    const found = await lookup.find('lead', ['name:an'], () => ({ ownerId: 'me' }));
    expect(found.map(({ id }) => id)).toEqual(['r99']);
    expect(asked.candidates).toBe(1);
  });

  it('finds none by a key that is noise, for who does not want them', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...person(index),
      keys: [`email:${index}`, 'phone:noise'],
    }));
    const { lookup } = records(many);
    const find = (options: object) =>
      lookup.find('lead', ['email:3', 'phone:noise'], () => 'all', options);
    const [without, all] = await Promise.all([find({ withoutNoise: true }), find({})]);
    expect(without).toEqual([{ type: 'lead', id: 'r3', keys: ['email:3'] }]);
    expect(all.length).toBeGreaterThanOrEqual(MOST_SHARING);
  });

  it('tells every asker when it fails', async () => {
    const findSharing = () => Promise.reject(new Error('gone'));
    const lookup = createDuplicateLookup({ findSharing } as unknown as Queries, NOTHING_RECENT);
    const asked = [
      lookup.find('lead', ['a'], () => 'all'),
      lookup.find('lead', ['b'], () => 'all'),
    ];
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
