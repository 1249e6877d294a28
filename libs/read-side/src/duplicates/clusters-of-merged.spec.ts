import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef, RecordType } from '#crm';
import { merge, undo } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';
import { DUPLICATES } from './bearer-document.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';
import { sharingPairs } from './sharing-pairs.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

async function capture(type: RecordType, n: number, fields: object, more = {}): Promise<RecordRef> {
  await side.happen(`${type}-${id(n)}`, captured(type, fields as never, more));
  return { type, id: id(n) };
}
const lead = (n: number, givenName = 'An') => capture('lead', n, { givenName });
const mergeInto = (survivor: RecordRef, ...away: readonly RecordRef[]) =>
  merge(side, id(1_000 + Number(away[0]?.id.slice(-3))), survivor, away);
const skip = (one: RecordRef, other: RecordRef, type = 'DuplicateSkipped') => {
  const [first = '', second = ''] = [one.id, other.id].sort();
  const data = { type: one.type, ids: [first, second] };
  return side.happen(`skip-${first.slice(-6)}${second.slice(-6)}`, { type, data });
};

const AN = 'name:an';

async function standing(key = `lead:${AN}`): Promise<readonly [string, number] | undefined> {
  const live = side.engine.live(DUPLICATE_CLUSTERS.name);
  const document = (await side.readStore.load(live, [key])).get(key)?.document;
  const cluster = document as ClusterDocument | undefined;
  return cluster && [cluster.standing, cluster.count];
}

/** Who is shown under a key, and which pairs of them as skipped; by numbers. */
async function shown(type: RecordType = 'lead', key = AN, access: 'all' | object = 'all') {
  const asked = { type, access: access as 'all', strength: 'strong' } as const;
  const { items } = await side.queries.listClusters(asked);
  const cluster = items.find((one) => one.id === `${type}:${key}`);
  expect(cluster?.count).toBe(cluster?.members.length);
  const number = (one: string) => Number(one.slice(-6));
  return (
    cluster && {
      members: cluster.members.map((one) => number(one.id)),
      skipped: cluster.skipped.map((pair) => pair.map(number)),
    }
  );
}
const among = (...members: readonly number[]) => ({ members, skipped: [] });

describe('a record that was merged away', () => {
  it('is no duplicate of its survivor', async () => {
    await mergeInto(await lead(1), await lead(2));
    expect(await standing()).toEqual(['merged', 1]);
    expect(await shown()).toBeUndefined();
  });

  it('is there as its survivor, once, whether that bears the key or not', async () => {
    const [kept, other] = [await lead(1), await lead(2, 'Bình')];
    await lead(3);
    await mergeInto(kept, await lead(4));
    expect(await standing()).toEqual(['listed', 2]);
    expect(await shown()).toEqual(among(1, 3));
    await mergeInto(other, await lead(5), await lead(6));
    expect(await standing()).toEqual(['listed', 3]);
    expect(await shown()).toEqual(among(1, 2, 3));
  });

  it('stands by itself when the merge is undone', async () => {
    const [kept, away] = [await lead(1), await lead(2)];
    await mergeInto(kept, away);
    await undo(side, id(1_002), id(2_002), kept, [away]);
    expect(await standing()).toEqual(['listed', 2]);
    expect(await shown()).toEqual(among(1, 2));
  });

  it('counts as the end of a chain within the cluster, and beyond it', async () => {
    const [last, beyond] = [await lead(1), await lead(2, 'Bình')];
    const [middle, first] = [await lead(3), await lead(4)];
    await mergeInto(middle, first);
    await mergeInto(last, middle);
    expect(await standing()).toEqual(['merged', 1]);
    await mergeInto(beyond, last);
    expect(await standing()).toEqual(['merged', 1]);
    await lead(5);
    expect(await shown()).toEqual(among(2, 5));
  });

  it('is not shown beside another that came to the same end through a record without the key', async () => {
    const [last, middle] = [await lead(1, 'Bình'), await lead(2, 'Bình')];
    await mergeInto(middle, await lead(3));
    await mergeInto(last, await lead(4));
    expect(await shown()).toEqual(among(1, 2));
    await mergeInto(last, middle);
    expect(await standing()).toEqual(['listed', 2]);
    expect(await shown()).toBeUndefined();
  });

  it('counts among opportunities when it was merged into one', async () => {
    const deals = [
      await capture('opportunity', 1, { name: 'Camera' }),
      await capture('opportunity', 2, { name: 'Camera' }),
    ] as const;
    await lead(3);
    await mergeInto(deals[0], await lead(4));
    expect(await standing()).toEqual(['merged', 1]);
    expect(await shown()).toBeUndefined();
    expect(await standing(`opportunity:${AN}`)).toBeUndefined();
    await mergeInto(deals[1], await lead(5));
    expect(await standing(`opportunity:${AN}`)).toEqual(['listed', 2]);
    expect(await shown('opportunity')).toEqual(among(1, 2));
    expect(await shown()).toBeUndefined();
  });

  it('is shown to whoever may see the survivor', async () => {
    const own = (n: number, owner: number, givenName = 'An') =>
      capture('lead', n, { givenName }, { ownerId: id(owner) });
    const mine = await own(1, 91, 'Bình');
    await own(2, 91);
    await mergeInto(mine, await own(3, 92));
    expect(await shown('lead', AN, { ownerId: id(91) })).toEqual(among(1, 2));
    expect(await shown('lead', AN, { ownerId: id(92) })).toBeUndefined();
  });

  it('makes no noise, nor does it push others out of the list', async () => {
    const kept = await lead(1);
    const away: RecordRef[] = [];
    for (let n = 2; n <= 60; n += 1) {
      const one = await lead(n);
      if (n <= 11) away.push(one);
    }
    expect(await standing()).toEqual(['noise', 60]);
    const own = { type: 'lead', access: { type: 'lead' } } as const;
    const noise = async () => (await side.queries.listNoise(own)).items.map(({ count }) => count);
    // The name, and the same without diacritics.
    expect(await noise()).toEqual([60, 60]);
    await mergeInto(kept, ...away.slice(1));
    expect(await noise()).toEqual([51, 51]);
    await mergeInto(kept, ...away.slice(0, 1));
    expect(await noise()).toEqual([]);
    expect(await standing()).toEqual(['listed', 50]);
    expect((await shown())?.members).toHaveLength(50);
  });

  it('makes no pair of what two versions of the index are compared by', async () => {
    await mergeInto(await lead(1), await lead(2), await lead(3));
    await lead(4);
    const { readStore, engine } = side;
    const [bearers, clusters] = [
      engine.live(DUPLICATES.name),
      engine.live(DUPLICATE_CLUSTERS.name),
    ];
    const members: unknown[] = [];
    for await (const { pairs } of sharingPairs({ readStore, bearers, clusters })) {
      members.push(...pairs.map((pair) => pair.members));
    }
    expect(members).toEqual([[`lead:${id(1)}`, `lead:${id(4)}`]]);
  });
});

it('a weak key is covered when each of those who stand shares a strong one with all', async () => {
  const named = (n: number, familyName: string) =>
    capture('lead', n, { familyName, givenName: 'An' });
  const weak = 'lead:~name:an nguyen';
  const kept = await named(1, 'Nguyen');
  await named(2, 'Nguyễn');
  expect(await standing(weak)).toEqual(['listed', 2]);
  await mergeInto(kept, await named(3, 'Nguyễn'));
  expect(await standing(weak)).toEqual(['covered', 2]);
  expect(await shown('lead', 'name:nguyễn an')).toEqual(among(1, 2));
  await named(4, 'Nguyên');
  expect(await standing(weak)).toEqual(['listed', 3]);
});

describe('a pair that was skipped', () => {
  it('is skipped for whom one of it was merged into, until it is withdrawn or the merge undone', async () => {
    const [kept, away, other] = [await lead(1, 'Bình'), await lead(2), await lead(3)];
    await skip(away, other);
    await mergeInto(kept, away);
    expect(await standing()).toEqual(['skipped', 2]);
    expect(await shown()).toBeUndefined();
    await skip(away, other, 'DuplicateSkipWithdrawn');
    expect(await shown()).toEqual(among(1, 3));
    await skip(away, other);
    await undo(side, id(1_002), id(2_002), kept, [away]);
    expect(await standing()).toEqual(['skipped', 2]);
    await lead(4);
    expect(await shown()).toEqual({ members: [2, 3, 4], skipped: [[2, 3]] });
  });

  it('is named by those who stand, also where they came to do so beyond the cluster', async () => {
    const [last, middle] = [await lead(1, 'Bình'), await lead(2, 'Bình')];
    const [away, other] = [await lead(3), await lead(4)];
    await lead(5);
    await skip(away, other);
    await mergeInto(middle, away);
    expect(await shown()).toEqual({ members: [2, 4, 5], skipped: [[2, 4]] });
    await mergeInto(last, middle);
    expect(await shown()).toEqual({ members: [1, 4, 5], skipped: [[1, 4]] });
  });

  it('says nothing once both were merged into one', async () => {
    const [kept, one, other] = [await lead(1), await lead(2), await lead(3)];
    await lead(4);
    await skip(one, other);
    await mergeInto(kept, one, other);
    expect(await standing()).toEqual(['listed', 2]);
    expect(await shown()).toEqual(among(1, 4));
  });
});
