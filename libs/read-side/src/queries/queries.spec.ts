import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidFilter } from '#crm';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { TEST_ACTOR } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';
import { InvalidQuery } from './query-context.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

async function leads(...fields: readonly Record<string, string>[]) {
  for (const [index, values] of fields.entries()) {
    await side.append(
      `lead-${id(index + 1)}`,
      captured('lead', values, { ownerId: id(90 + (index % 2)) }),
    );
  }
  await side.engine.waitFor(await side.log.head(), 5_000);
}

async function listed(query: Partial<Parameters<typeof side.queries.listRecords>[0]>) {
  const page = await side.queries.listRecords({ type: 'lead', access: 'all', ...query });
  return page.documents.map((document) => document.id);
}

describe('lists', () => {
  it('come newest first, in pages', async () => {
    await leads({ source: 'a' }, { source: 'b' }, { source: 'c' });
    const first = await side.queries.listRecords({ type: 'lead', access: 'all', limit: 2 });
    expect(first.documents.map((document) => document.id)).toEqual([id(3), id(2)]);
    expect(await listed({ limit: 2, cursor: first.next ?? '' })).toEqual([id(1)]);
  });

  it('show only what the caller may see', async () => {
    await leads({ source: 'a' }, { source: 'b' }, { source: 'c' });
    expect(await listed({ access: { ownerId: id(91) } })).toEqual([id(2)]);
    expect(await listed({ access: { ownerId: id(91) }, filter: { source: 'a' } })).toEqual([]);
    expect(await listed({ access: 'none' })).toEqual([]);
    const hidden = { type: 'lead', id: id(1), access: { ownerId: id(91) } } as const;
    expect(await side.queries.getRecord(hidden)).toBeUndefined();
    expect(await side.queries.getRecordAsOf({ ...hidden, asOf: { position: 9 } })).toBeUndefined();
    expect(await side.queries.provenanceOf(hidden)).toBeUndefined();
  });

  it('hide what is deleted unless the filter speaks of status', async () => {
    await leads({ source: 'a' }, { source: 'b' });
    await side.happen(`lead-${id(1)}`, { type: 'LeadDeleted', data: {} });
    expect(await listed({})).toEqual([id(2)]);
    expect(await listed({ filter: { status: 'deleted' } })).toEqual([id(1)]);
  });

  it('find words in names, e-mails and phones, without diacritics too', async () => {
    await leads(
      { familyName: 'Nguyễn Gia', givenName: 'Khương', email: 'k.nguyen@example.vn' },
      { familyName: 'Trần', givenName: 'Lan', organisation: 'Minh Phát' },
    );
    expect(await listed({ q: 'khuong' })).toEqual([id(1)]);
    expect(await listed({ q: 'minh ph' })).toEqual([id(2)]);
    expect(await listed({ q: 'k.nguyen@example.vn' })).toEqual([id(1)]);
    expect(await listed({ q: '???' })).toEqual([]);
  });

  it('refuse fields that the record type does not have, by name', async () => {
    await expect(listed({ filter: { stageid: 'x' } })).rejects.toThrow(InvalidFilter);
    await expect(listed({ filter: { stageid: 'x' } })).rejects.toMatchObject({ path: 'stageid' });
    for (const field of ['keys', 'search', 'custom.nothing', 'custom', 'address.planet']) {
      await expect(listed({ filter: { [field]: 'x' } })).rejects.toThrow(InvalidFilter);
    }
    await expect(listed({ filter: { $where: '1' } })).rejects.toThrow(InvalidFilter);
  });

  it('filter by custom fields that the settings define', async () => {
    const definition = {
      recordType: 'lead',
      key: 'budget',
      type: 'number',
      label: { en: 'Budget', vi: 'Ngân sách' },
      options: [],
      required: false,
      matchKey: false,
      retired: false,
    };
    await side.append('settings', { type: 'CustomFieldDefined', data: { definition } });
    await side.happen(`lead-${id(1)}`, captured('lead', {}, { custom: { budget: 7 } }));
    expect(await listed({ filter: { 'custom.budget': { $gt: 5 } } })).toEqual([id(1)]);
    const sort = [{ field: 'custom.budget', direction: 'ascending' }] as const;
    expect(await listed({ sort })).toEqual([id(1)]);
  });

  it('refuse a sort, limit or moment that cannot be', async () => {
    const sort = [{ field: 'tags', direction: 'ascending' }] as const;
    await expect(listed({ sort })).rejects.toThrow(InvalidQuery);
    for (const limit of [0, 201, 1.5, Number.NaN]) {
      await expect(listed({ limit })).rejects.toMatchObject({ path: 'limit' });
    }
    const query = { type: 'lead', id: id(1), access: 'all', asOf: { at: 'yesterday' } } as const;
    await expect(side.queries.getRecordAsOf(query)).rejects.toMatchObject({ path: 'asOf' });
  });
});

describe('views of the past', () => {
  it('show a record as of a position, and by either clock', async () => {
    const stream = `lead-${id(1)}`;
    const first = await side.append(stream, {
      ...captured('lead', { source: 'a' }),
      occurredAt: '2020-01-01T00:00:00.000Z',
      recordedAt: '2026-01-01T00:00:00.000Z',
    });
    await side.happen(stream, {
      type: 'LeadEdited',
      data: { changes: [{ field: 'source', from: 'a', to: 'b' }] },
      occurredAt: '2021-01-01T00:00:00.000Z',
      recordedAt: '2026-02-01T00:00:00.000Z',
    });
    const source = async (asOf: Parameters<typeof side.queries.getRecordAsOf>[0]['asOf']) =>
      (await side.queries.getRecordAsOf({ type: 'lead', id: id(1), access: 'all', asOf }))?.source;
    expect(await source({ position: first })).toBe('a');
    expect(await source({ at: '2020-06-01T07:00:00+07:00' })).toBe('a');
    expect(await source({ at: '2021-06-01T00:00:00Z' })).toBe('b');
    expect(await source({ at: '2019-01-01T00:00:00Z' })).toBeUndefined();
    expect(await source({ at: '2021-06-01T00:00:00Z', by: 'recordedAt' })).toBeUndefined();
    expect(await source({ at: '2026-01-15T00:00:00Z', by: 'recordedAt' })).toBe('a');
  });
});

describe('provenance', () => {
  it('names for every current value the event that set it, and where a conversion took it from', async () => {
    const stream = `contact-${id(2)}`;
    const origin = { type: 'lead', id: id(1), conversionId: id(5) };
    await side.append(stream, captured('contact', { email: 'a@b.vn', title: 'Anh' }, { origin }));
    await side.append(stream, {
      type: 'ContactEdited',
      data: {
        changes: [
          { field: 'title', from: 'Anh' },
          { field: 'jobTitle', to: 'Giám đốc' },
        ],
      },
    });
    await side.happen(stream, { type: 'ContactTagged', data: { added: ['vip'], removed: [] } });
    const query = { type: 'contact', id: id(2), access: 'all' } as const;
    const found = await side.queries.provenanceOf(query);
    expect(found?.map(({ field, revision, from }) => [field, revision, from?.id])).toEqual([
      ['status', 0, id(1)],
      ['email', 0, id(1)],
      ['jobTitle', 1, undefined],
      ['tags.vip', 2, undefined],
    ]);
    expect(found?.[2]?.actor).toEqual(TEST_ACTOR);
  });
});

describe('candidates', () => {
  it('share a key, are not deleted, and are within reach of the caller', async () => {
    await leads({ email: 'A@b.vn' }, { email: 'a@B.vn' }, { email: 'a@b.vn' }, { email: 'x@b.vn' });
    await side.happen(`lead-${id(3)}`, { type: 'LeadDeleted', data: {} });
    const find = async (access: 'all' | { ownerId: string }) =>
      (
        await side.queries.findCandidates({
          type: 'lead',
          keys: ['email:a@b.vn'],
          access,
          limit: 10,
        })
      ).map((document) => document.id);
    expect(await find('all')).toEqual([id(1), id(2)]);
    expect(await find({ ownerId: id(91) })).toEqual([id(2)]);
  });
});
