import { settableClock } from '#platform';
import { entriesOf, type TestClient } from '../support/client.js';
import { capture, found } from '../support/conversions.js';
import { startApi, type TestApi } from '../support/start-api.js';

/** 00:30 of the first of March in Hanoi, where the installation is. */
const clock = settableClock('2026-02-28T17:30:00.000Z');
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ clock });
});
afterAll(() => api.stop());

/** Ids of what is found; all are captured at one moment, so that their order tells nothing. */
async function listed(plural: string, filter: object): Promise<ReadonlySet<unknown>> {
  return new Set((await found(api, plural, filter)).map(({ id }) => id));
}

describe('a list is filtered as a person asks', () => {
  it('by what a name contains, whatever the case', async () => {
    const one = await capture(api.admin, 'accounts', { name: 'CÔNG TY HOÀ BÌNH' });
    const other = await capture(api.admin, 'accounts', { name: 'Xây dựng Hoà bình (mới)' });
    await capture(api.admin, 'accounts', { name: 'Hoa Binh' });
    const containing = (text: string) =>
      listed('accounts', { name: { $regex: text, $options: 'i' } });
    expect(await containing('hoà bình')).toEqual(new Set([other, one]));
    expect(await containing('hoà bình \\(m'.normalize('NFD'))).toEqual(new Set([other]));
    expect(await containing('^công ty')).toEqual(new Set([one]));
    expect(await listed('accounts', { name: { $regex: 'hoà bình' } })).toEqual(new Set());
  });

  it('by the last days and the next ones, which are days of the installation’s time zone', async () => {
    const due = (expectedCloseDate: string, occurredAt: string) =>
      capture(api.admin, 'opportunities', { name: 'Camera', expectedCloseDate, occurredAt });
    const early = await due('2026-02-28', '2026-02-27T16:59:00Z');
    const today = await due('2026-03-01', '2026-02-27T17:00:00Z');
    const soon = await due('2026-03-03', '2026-02-28T17:00:00Z');
    const closing = (condition: object) =>
      listed('opportunities', { expectedCloseDate: condition });
    expect(await closing({ $lt: { $daysAgo: 0 } })).toEqual(new Set([early]));
    expect(await closing({ $eq: { $now: true } })).toEqual(new Set([today]));
    expect(await closing({ $gte: { $daysAgo: 0 }, $lte: { $daysAhead: 2 } })).toEqual(
      new Set([soon, today]),
    );
    const since = { createdAt: { $gte: { $daysAgo: 1 } } };
    expect(await listed('opportunities', since)).toEqual(new Set([soon, today]));
    expect(await listed('opportunities', { createdAt: { $gte: { $hoursAgo: 1 } } })).toEqual(
      new Set([soon]),
    );
    clock.advance(45 * 60_000);
    expect(await listed('opportunities', { createdAt: { $gte: { $hoursAgo: 1 } } })).toEqual(
      new Set(),
    );
  });
});

describe('a filter as long and deep as it may be', () => {
  const nested = (depth: number): object =>
    depth === 0 ? { need: 'x' } : { $and: [nested(depth - 1)] };
  const long = (length: number) => ({
    $or: Array.from({ length }, (_, n) => ({ need: `${n}` })),
  });
  const asked = async (client: TestClient, filter: object) =>
    client.get(`/v1/opportunities?filter=${encodeURIComponent(JSON.stringify(filter))}`);

  it('is asked of what the caller may see, and one that is longer is refused by its own path', async () => {
    const seller = await api.user(['salesperson'], [await api.team()]);
    for (const client of [api.admin, seller]) {
      (await asked(client, nested(8))).expect(200);
      (await asked(client, long(100))).expect(200);
      const tooDeep = (await asked(client, nested(9))).expect(400);
      expect(entriesOf(tooDeep.errors)).toMatchObject([
        { path: `filter${'.$and.0'.repeat(8)}.$and` },
      ]);
      const tooLong = (await asked(client, long(101))).expect(400);
      expect(entriesOf(tooLong.errors)).toMatchObject([{ path: 'filter.$or.100.need' }]);
    }
  });
});

describe('a condition that cannot be asked', () => {
  it.each([
    [{ createdAt: { $gte: { $daysAgo: -1 } } }, 'createdAt.$gte.$daysAgo'],
    [{ createdAt: { $gte: { $daysAgo: 1e9 } } }, 'createdAt.$gte.$daysAgo'],
    [{ createdAt: { $in: [{ $now: true }] } }, 'createdAt.$in.0'],
    [{ createdAt: { $gte: { $now: 'yes' } } }, 'createdAt.$gte.$now'],
    [{ name: { $gte: { $now: true } } }, 'name.$gte'],
    [{ expectedCloseDate: { $lt: 'tomorrow' } }, 'expectedCloseDate.$lt'],
    [{ name: { $regex: 'a', $options: 'x' } }, 'name.$options'],
    [{ name: { $options: 'i' } }, 'name.$options'],
    [{ name: { $regex: 'a.*', $options: 'i' } }, 'name.$regex'],
  ])('%j is refused by the path of what is wrong', async (filter, path) => {
    const query = `filter=${encodeURIComponent(JSON.stringify(filter))}`;
    const answer = await api.admin.get(`/v1/opportunities?${query}`);
    const { code, errors } = answer.expect(400);
    expect(code).toBe('invalid_filter');
    expect(errors).toMatchObject([{ path: `filter.${path}`, code: 'invalid_filter' }]);
  });
});
