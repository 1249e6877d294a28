import { afterEach, describe, expect, it } from '@jest/globals';
import type { FieldValues } from '#crm';
import { openEmbeddedReadStore } from '#read-store';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';
import { DUPLICATES } from './bearer-document.js';
import { DUPLICATE_CLUSTERS } from './cluster-document.js';
import { comparePairs } from './compare-pairs.js';
import { diffDuplicates } from './diff-duplicates.js';
import type { DuplicateIndex } from './duplicate-index.js';

const sides: TestReadSide[] = [];
afterEach(async () => {
  for (const side of sides.splice(0)) await side.close();
});

/** An index in which the leads with these numbers have these values: as if a rule had made other keys of the same. */
async function indexOf(leads: Readonly<Record<number, FieldValues>>): Promise<DuplicateIndex> {
  const side = await openReadSide();
  sides.push(side);
  for (const [n, fields] of Object.entries(leads)) {
    await side.happen(`lead-${id(Number(n))}`, captured('lead', fields));
  }
  return {
    readStore: side.readStore,
    bearers: side.engine.live(DUPLICATES.name),
    clusters: side.engine.live(DUPLICATE_CLUSTERS.name),
  };
}

const named = (familyName: string) => ({ familyName, givenName: 'An' });
const EMAIL = { email: 'an@example.vn' };
const compared = async (
  before: Readonly<Record<number, FieldValues>>,
  after: Readonly<Record<number, FieldValues>>,
) => comparePairs({ before: await indexOf(before), after: await indexOf(after), samples: 2 });

describe('two versions of the index', () => {
  it('differ in nothing when every pair is in both, under whatever key', async () => {
    const { gained, lost } = await compared(
      { 1: EMAIL, 2: { ...EMAIL, ...named('Trần') }, 3: named('Trần') },
      { 1: EMAIL, 2: { ...EMAIL, phones: ['0912345678'] }, 3: { phones: ['0912345678'] } },
    );
    const nothing = { strong: 0, weak: 0, kinds: new Map(), samples: [] };
    expect([gained, lost]).toEqual([nothing, nothing]);
  });

  it('differ in pairs, each of which counts once', async () => {
    const same = { ...EMAIL, phones: ['0912345678'] };
    const { gained, lost } = await compared(
      { 1: same, 2: same, 3: named('Nguyễn'), 4: named('Nguyen') },
      { 1: same, 2: {}, 3: named('Nguyễn'), 4: named('Lê'), 5: same, 6: same },
    );
    expect(lost).toMatchObject({ strong: 1, weak: 1 });
    expect([...lost.kinds]).toEqual([
      ['email', 1],
      ['phone', 1],
      ['name', 1],
    ]);
    expect(lost.samples).toEqual([
      {
        type: 'lead',
        ids: [id(1), id(2)],
        keys: ['email:an@example.vn', 'phone:+84912345678', '~email:an@example.vn'],
      },
      { type: 'lead', ids: [id(3), id(4)], keys: ['~name:an nguyen'] },
    ]);
    expect(gained).toMatchObject({ strong: 3, weak: 0, samples: { length: 2 } });
  });

  it('differ in how strong a pair is', async () => {
    const { gained, lost, ...both } = await compared(
      { 1: named('Nguyễn'), 2: named('Nguyen'), 3: EMAIL, 4: EMAIL },
      {
        1: { ...named('Nguyễn'), ...EMAIL },
        2: { ...named('Nguyen'), ...EMAIL },
        3: named('Đỗ'),
        4: named('Do'),
      },
    );
    expect([gained.samples, lost.samples]).toEqual([[], []]);
    expect(both).toEqual({ strengthened: 1, weakened: 1 });
  });

  it('have no pairs of noise', async () => {
    const phones = ['02838221234'];
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, { phones }]));
    const { lost } = await compared({ 1: { phones }, 2: { phones } }, many);
    expect(lost).toMatchObject({ strong: 1, samples: [{ ids: [id(1), id(2)] }] });
  });
});

it('the index in use is compared with what this version makes of the log', async () => {
  await indexOf({ 1: EMAIL, 2: EMAIL });
  const [side] = sides as [TestReadSide];
  const { log, readStore } = side;
  const scratch = openEmbeddedReadStore({});
  const diff = await diffDuplicates({ log, readStore, scratch, samples: 5 });
  expect(diff).toMatchObject({ position: 2, gained: { strong: 0 }, lost: { strong: 0 } });
  const empty = openEmbeddedReadStore({});
  await empty.ensure({ name: 'read_models', version: 1, indexes: [] });
  expect(await diffDuplicates({ log, readStore: empty, scratch, samples: 5 })).toBeUndefined();
  await scratch.close();
  await empty.close();
});
