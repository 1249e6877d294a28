import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  FIELD_CATALOGUE,
  type FieldValue,
  type FieldValues,
  matchKeys,
  NO_SETTINGS,
  RECORD_TYPES,
} from '#crm';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';
import { type BearerDocument, DUPLICATES, MATCHED_FIELDS } from './bearer-document.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

async function clusters({
  withCovered = false,
} = {}): Promise<Readonly<Record<string, readonly [number, string]>>> {
  const find = { filter: {}, sort: [], limit: 1_000 };
  const live = side.engine.live(DUPLICATE_CLUSTERS.name);
  const { documents } = await side.readStore.find<ClusterDocument>(live, find);
  return Object.fromEntries(
    documents
      .filter(({ standing }) => withCovered || standing !== 'covered')
      .map((one) => [one.id, [one.count, one.standing] as const] as const),
  );
}

async function bearer(n: number): Promise<BearerDocument | undefined> {
  const stored = await side.readStore.load(side.engine.live(DUPLICATES.name), [`lead:${id(n)}`]);
  return stored.get(`lead:${id(n)}`)?.document as BearerDocument | undefined;
}

const capture = (n: number, fields: FieldValues) =>
  side.happen(`lead-${id(n)}`, captured('lead', fields));
const skip = (one: number, other: number, type = 'DuplicateSkipped') =>
  side.happen(`skip-${id(one * 100 + other)}`, {
    type,
    data: { type: 'lead', ids: [id(one), id(other)] },
  });

const EMAIL = 'lead:email:an@example.vn';
const AN = { email: 'An@Example.vn' };

describe('clusters', () => {
  it('are of records of one type that share a key', async () => {
    await capture(1, AN);
    expect(await clusters()).toEqual({});
    await side.happen(`contact-${id(2)}`, captured('contact', AN));
    expect(await clusters()).toEqual({});
    await capture(3, { email: 'b@example.vn', otherEmails: ['an@example.vn'] });
    expect(await clusters()).toEqual({ [EMAIL]: [2, 'listed'] });
  });

  it('follow edits, deletion, restoring', async () => {
    await capture(1, AN);
    await capture(2, AN);
    const changes = [{ field: 'email', from: AN.email, to: 'other@example.vn' }];
    await side.happen(`lead-${id(2)}`, { type: 'LeadEdited', data: { changes } });
    expect(await clusters()).toEqual({});
    const back = [{ field: 'email', from: 'other@example.vn', to: 'an@example.vn' }];
    await side.happen(`lead-${id(2)}`, { type: 'LeadEdited', data: { changes: back } });
    expect(await clusters()).toEqual({ [EMAIL]: [2, 'listed'] });
    await side.happen(`lead-${id(1)}`, { type: 'LeadDeleted', data: {} });
    expect(await clusters()).toEqual({});
    expect(await bearer(1)).toMatchObject({ status: 'deleted', keys: [] });
    await side.happen(`lead-${id(1)}`, { type: 'LeadRestored', data: {} });
    expect(await clusters()).toEqual({ [EMAIL]: [2, 'listed'] });
  });

  it('of a weak key are covered by those of the strong one that all share', async () => {
    const named = (familyName: string, givenName: string) => ({ familyName, givenName });
    const weak = 'lead:~name:gia khuong nguyen';
    await capture(1, named('Nguyễn Gia', 'Khương'));
    await capture(2, named('NGUYỄN  GIA', 'Khương'));
    expect((await clusters({ withCovered: true }))[weak]).toEqual([2, 'covered']);
    await capture(3, named('Nguyen Gia', 'Khuong'));
    expect(await clusters()).toEqual({
      'lead:name:nguyễn gia khương': [2, 'listed'],
      [weak]: [3, 'listed'],
    });
  });

  it('of too many records are noise, until they are fewer', async () => {
    for (let n = 1; n <= 51; n += 1) await capture(n, { phones: ['02838221234'] });
    const phone = 'lead:phone:+842838221234';
    expect(await clusters()).toEqual({ [phone]: [51, 'noise'] });
    await side.happen(`lead-${id(7)}`, { type: 'LeadDeleted', data: {} });
    expect(await clusters()).toEqual({ [phone]: [50, 'listed'] });
  });
});

describe('a skipped pair', () => {
  it('takes a cluster from the list once all its pairs are skipped', async () => {
    for (const n of [1, 2, 3]) await capture(n, AN);
    await skip(1, 2);
    await skip(1, 3);
    expect(await clusters()).toEqual({ [EMAIL]: [3, 'listed'] });
    await skip(2, 3);
    expect(await clusters()).toEqual({ [EMAIL]: [3, 'skipped'] });
    await skip(1, 3, 'DuplicateSkipWithdrawn');
    expect(await clusters()).toEqual({ [EMAIL]: [3, 'listed'] });
  });

  it('counts among the records that are there', async () => {
    for (const n of [1, 2, 3]) await capture(n, AN);
    await skip(1, 2);
    await side.happen(`lead-${id(3)}`, { type: 'LeadDeleted', data: {} });
    expect(await clusters()).toEqual({ [EMAIL]: [2, 'skipped'] });
    await side.happen(`lead-${id(3)}`, { type: 'LeadRestored', data: {} });
    expect(await clusters()).toEqual({ [EMAIL]: [3, 'listed'] });
  });

  it('is skipped under whatever key the two come to share', async () => {
    await capture(1, AN);
    await capture(2, { email: 'b@example.vn' });
    await skip(1, 2);
    const changes = [{ field: 'phones', to: ['0912345678'] }];
    for (const n of [1, 2]) {
      await side.happen(`lead-${id(n)}`, { type: 'LeadEdited', data: { changes } });
    }
    expect(await clusters()).toEqual({ 'lead:phone:+84912345678': [2, 'skipped'] });
  });
});

describe('what is kept of a record', () => {
  it.each(RECORD_TYPES)('is all that keys of a %s come from', (type) => {
    const keys = (fields: FieldValues) => matchKeys(type, { fields, custom: {} }, NO_SETTINGS);
    // Each field by itself: another may bring the same key.
    const bringing = FIELD_CATALOGUE[type]
      .filter(({ name, example }) => keys({ [name]: example as FieldValue }).length > 0)
      .map(({ name }) => name);
    const kept: readonly string[] = MATCHED_FIELDS;
    expect(bringing.filter((name) => !kept.includes(name))).toEqual([]);
  });

  it('does not have values that no key comes from', async () => {
    await capture(1, { ...AN, description: 'Khách quen', jobTitle: 'Giám đốc' });
    expect((await bearer(1))?.fields).toEqual(AN);
  });
});
