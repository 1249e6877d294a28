import type { Queries, RecordDocument } from '#read-side';
import { createDuplicateLookup, MOST_SHARING } from './duplicate-lookup.js';

/** Records by their keys, and a count of how often they were asked for. */
function records(documents: readonly { id: string; keys: readonly string[] }[]) {
  let asked = 0;
  const findCandidates: Queries['findCandidates'] = async ({ keys, limit, access }) => {
    asked += 1;
    const found = documents.filter((one) => one.keys.some((key) => keys.includes(key)));
    return access === 'none' ? [] : (found.slice(0, limit) as unknown as RecordDocument[]);
  };
  return { lookup: createDuplicateLookup({ findCandidates } as Queries), asked: () => asked };
}
const person = (index: number) => ({ id: `r${index}`, keys: [`email:${index}`, 'name:an'] });

describe('looking up duplicates', () => {
  it('answers many askers with one query, each with what is theirs', async () => {
    const { lookup, asked } = records([person(1), person(2), person(3)]);
    const answers = await Promise.all(
      [1, 2, 9].map((index) => lookup.find('lead', [`email:${index}`], 'all')),
    );
    expect(answers).toEqual([
      [{ id: 'r1', keys: ['email:1'] }],
      [{ id: 'r2', keys: ['email:2'] }],
      [],
    ]);
    expect(asked()).toBe(1);
  });

  it('names all keys that a record shares, once', async () => {
    const { lookup } = records([person(1)]);
    const found = await lookup.find('lead', ['email:1', 'name:an', 'phone:1'], 'all');
    expect(found).toEqual([{ id: 'r1', keys: ['email:1', 'name:an'] }]);
  });

  it('finds the rare keys although many records bear a common one', async () => {
    const many = Array.from({ length: 500 }, (_, index) => person(index));
    const { lookup, asked } = records(many);
    const answers = await Promise.all(
      [400, 450, 499].map((index) => lookup.find('lead', [`email:${index}`, 'name:an'], 'all')),
    );
    for (const [place, index] of [400, 450, 499].entries()) {
      const ids = answers[place]?.map(({ id }) => id) ?? [];
      expect(ids).toContain(`r${index}`);
      expect(ids.length).toBeLessThanOrEqual(MOST_SHARING + 1);
    }
    const before = asked();
    await Promise.all(
      [1, 2, 3].map((index) => lookup.find('lead', [`email:${index}`, 'name:an'], 'all')),
    );
    expect(asked() - before).toBe(2);
  });

  it('keeps askers of different rights apart', async () => {
    const { lookup } = records([person(1)]);
    const [seen, unseen] = await Promise.all([
      lookup.find('lead', ['email:1'], 'all'),
      lookup.find('lead', ['email:1'], 'none'),
    ]);
    expect([seen.length, unseen.length]).toEqual([1, 0]);
  });

  it('tells every asker when it fails', async () => {
    const findCandidates = () => Promise.reject(new Error('gone'));
    const lookup = createDuplicateLookup({ findCandidates } as unknown as Queries);
    const asked = [lookup.find('lead', ['a'], 'all'), lookup.find('lead', ['b'], 'all')];
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
