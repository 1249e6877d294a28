import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidCursor } from '#read-store';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';

/** 00:30 of the first of March in Hanoi. */
const NOW = '2026-02-28T17:30:00.000Z';
let now = NOW;
let side: TestReadSide;
beforeEach(async () => {
  now = NOW;
  side = await openReadSide(undefined, () => now);
});
afterEach(() => side.close());

async function leads(...moments: readonly string[]) {
  for (const [index, occurredAt] of moments.entries()) {
    await side.append(`lead-${id(index + 1)}`, { ...captured('lead', {}), occurredAt });
  }
  await side.engine.waitFor(await side.log.head(), 5_000);
}

async function listed(query: Partial<Parameters<typeof side.queries.listRecords>[0]>) {
  const page = await side.queries.listRecords({ type: 'lead', access: 'all', ...query });
  return { ids: page.documents.map((document) => document.id), next: page.next };
}

describe('a list relative to now', () => {
  it('counts days of the installation’s time zone', async () => {
    await leads('2026-02-28T16:59:59.999Z', '2026-02-28T17:00:00.000Z', '2026-02-27T17:00:00.000Z');
    const since = async (daysAgo: number) =>
      (await listed({ filter: { createdAt: { $gte: { $daysAgo: daysAgo } } } })).ids;
    expect(await since(0)).toEqual([id(2)]);
    expect(await since(1)).toEqual([id(2), id(1), id(3)]);
  });

  it('counts them in another one once the settings say so', async () => {
    await leads('2026-02-28T16:59:59.999Z', '2026-02-28T17:00:00.000Z');
    await side.happen('settings', {
      type: 'GeneralSettingsChanged',
      data: { changes: [{ field: 'timeZone', from: 'Asia/Ho_Chi_Minh', to: 'Europe/Berlin' }] },
    });
    const { ids } = await listed({ filter: { createdAt: { $gte: { $daysAgo: 0 } } } });
    expect(ids).toEqual([id(2), id(1)]);
  });

  it('goes on page by page as of the moment of its first', async () => {
    await leads('2026-02-28T15:31:00.000Z', '2026-02-28T15:32:00.000Z', '2026-02-28T17:00:00.000Z');
    const filter = { createdAt: { $gte: { $hoursAgo: 2 } } };
    const first = await listed({ filter, limit: 1 });
    expect(first.ids).toEqual([id(3)]);
    now = '2026-02-28T17:40:00.000Z';
    const second = await listed({ filter, limit: 1, cursor: first.next ?? '' });
    expect(second.ids).toEqual([id(2)]);
    expect(await listed({ filter, limit: 1, cursor: second.next ?? '' })).toEqual({ ids: [id(1)] });
    expect((await listed({ filter })).ids).toEqual([id(3)]);
  });

  it('refuses a cursor whose moment was altered', async () => {
    await leads(NOW, NOW);
    const filter = { createdAt: { $lte: { $now: true } } };
    const { next = '' } = await listed({ filter, limit: 1 });
    const [mark, stored] = next.split('.');
    expect(stored).not.toBe(undefined);
    for (const cursor of [
      `.${stored}`,
      `x.${mark}.${stored}`,
      `zzzzzzzzz.${stored}`,
      `1.${stored}`,
    ]) {
      await expect(listed({ filter, limit: 1, cursor })).rejects.toThrow(InvalidCursor);
    }
  });

  it('looks at activities too', async () => {
    const links = [{ type: 'lead', id: id(1) }];
    const planned = (dueAt: string) => ({
      type: 'ActivityPlanned',
      data: { kind: 'call', subject: 'Gọi lại', dueAt, links },
    });
    await side.append(`activity-${id(1)}`, planned('2026-02-28T17:00:00.000Z'));
    await side.happen(`activity-${id(2)}`, planned('2026-03-01T17:00:00.000Z'));
    const filter = { dueAt: { $lt: { $daysAhead: 1 } } };
    const page = await side.queries.listActivities({ access: 'all', filter });
    expect(page.documents.map((document) => document.id)).toEqual([id(1)]);
  });
});
