import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef, RecordType } from '#crm';
import { merge, undo } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

async function capture(type: RecordType, n: number, fields: object, more = {}): Promise<RecordRef> {
  await side.happen(`${type}-${id(n)}`, captured(type, fields as never, more));
  return { type, id: id(n) };
}
const mergeInto = (survivor: RecordRef, ...away: readonly RecordRef[]) =>
  merge(side, id(1_000 + Number(away[0]?.id.slice(-3))), survivor, away);
const undoMergeOf = (away: RecordRef, survivor: RecordRef) => {
  const n = Number(away.id.slice(-3));
  return undo(side, id(1_000 + n), id(2_000 + n), survivor, [away]);
};

type Access = 'all' | { readonly ownerId: string };

/** Who is found by keys, in both ways; the latter under the rights of somebody. */
async function found(type: RecordType, keys: readonly string[], access: Access = 'all') {
  const sharing = [...(await side.queries.findSharing({ type, keys, most: 6 })).values()];
  const accessTo = () => access;
  const candidates = await side.queries.findCandidates({ type, keys, accessTo, limit: 5 });
  const ref = ({ type: own, id: n }: RecordRef) => ({ type: own, id: n });
  if (access === 'all') expect(sharing.map(ref).sort()).toEqual(candidates.map(ref).sort());
  return candidates.map(ref);
}

const TAX = 'tax-code:0312345678';
const NAME = 'organisation:minh phát';
const MINH_PHAT = { name: 'Công ty TNHH Minh Phát', taxCode: '0312345678' };

describe('a key of a record that was merged away', () => {
  it('leads to the survivor, and back to the record when the merge is undone', async () => {
    const kept = await capture('account', 1, { name: 'MP Group' });
    const away = await capture('account', 2, MINH_PHAT);
    await mergeInto(kept, away);
    expect(await found('account', [TAX])).toEqual([kept]);
    expect(await found('account', [NAME, 'organisation:mp'])).toEqual([kept]);
    await undoMergeOf(away, kept);
    expect(await found('account', [TAX, NAME])).toEqual([away]);
  });

  it('is told among the keys of the survivor', async () => {
    const kept = await capture('account', 1, { name: 'MP Group' });
    await mergeInto(kept, await capture('account', 2, MINH_PHAT));
    const sharing = await side.queries.findSharing({ type: 'account', keys: [TAX], most: 6 });
    expect([...sharing.values()]).toMatchObject([
      { id: id(1), status: 'live', keys: expect.arrayContaining([TAX]) },
    ]);
    expect(sharing.get(id(1))?.keys).not.toContain(NAME);
  });

  it('leads through chains to their end, also where the records between do not bear it', async () => {
    const [last, middle, first] = [
      await capture('account', 1, { name: 'MP Group' }),
      await capture('account', 2, { name: 'Minh Phat Trading' }),
      await capture('account', 3, MINH_PHAT),
    ] as const;
    await mergeInto(middle, first);
    await mergeInto(last, middle);
    expect(await found('account', [TAX])).toEqual([last]);
    await undoMergeOf(middle, last);
    expect(await found('account', [TAX])).toEqual([middle]);
  });

  it('of a lead leads to the opportunity, asked for among leads and among opportunities', async () => {
    const deal = await capture('opportunity', 1, { name: 'Camera' });
    const lead = await capture('lead', 2, { familyName: 'Nguyễn', givenName: 'An' });
    await mergeInto(deal, lead);
    const keys = ['name:nguyễn an'];
    expect(await found('lead', keys)).toEqual([deal]);
    expect(await found('opportunity', keys)).toEqual([deal]);
  });

  it('of a lead that was merged into a lead which was merged into an opportunity, too', async () => {
    const deal = await capture('opportunity', 1, { name: 'Camera' });
    const between = await capture('lead', 2, { givenName: 'Bình' });
    await mergeInto(between, await capture('lead', 3, { givenName: 'An' }));
    expect(await found('opportunity', ['name:an'])).toEqual([]);
    await mergeInto(deal, between);
    expect(await found('lead', ['name:an'])).toEqual([deal]);
    expect(await found('opportunity', ['name:an'])).toEqual([deal]);
  });

  it('leads nowhere while the survivor is deleted', async () => {
    const kept = await capture('account', 1, { name: 'MP Group' });
    await mergeInto(kept, await capture('account', 2, MINH_PHAT));
    await side.happen(`account-${id(1)}`, { type: 'AccountDeleted', data: {} });
    expect(await found('account', [TAX])).toEqual([]);
    await side.happen(`account-${id(1)}`, { type: 'AccountRestored', data: {} });
    expect(await found('account', [TAX])).toEqual([kept]);
  });

  it('is found by whoever may see the survivor, whosever the record was', async () => {
    const mine = await capture('account', 1, { name: 'MP Group' }, { ownerId: id(91) });
    const theirs = await capture('account', 2, MINH_PHAT, { ownerId: id(92) });
    await mergeInto(mine, theirs);
    expect(await found('account', [TAX], { ownerId: id(91) })).toEqual([mine]);
    expect(await found('account', [TAX], { ownerId: id(92) })).toEqual([]);
  });

  it('finds each survivor once, the first created first, and crowds out nobody', async () => {
    const kept = await capture('lead', 1, { givenName: 'An' });
    const away: RecordRef[] = [];
    for (let n = 2; n < 12; n += 1) away.push(await capture('lead', n, { givenName: 'An' }));
    const other = await capture('lead', 12, { givenName: 'An' });
    await mergeInto(kept, ...away);
    expect(await found('lead', ['name:an'])).toEqual([kept, other]);
    const keys = ['name:an'];
    const one = { type: 'lead', keys, accessTo: () => 'all' as const, limit: 1 } as const;
    expect((await side.queries.findCandidates(one)).map((found) => found.id)).toEqual([id(1)]);
    const bearing = await side.queries.findBearing({ type: 'lead', keys, most: 3 });
    expect(bearing).toEqual(expect.arrayContaining([kept, other]));
  });
});
