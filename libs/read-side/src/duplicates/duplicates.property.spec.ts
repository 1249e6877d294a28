import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type FieldValues, keyText, matchKeys, NO_SETTINGS, weakFormOf } from '#crm';
import type { Document } from '#read-store';
import { createProjectionEngine } from '../engine/engine.js';
import { recordProjection } from '../records/record-projection.js';
import { openStores } from '../support/open-stores.js';
import { appendHistory, HISTORIES, isSettingsChange } from '../support/random-history.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';
import { duplicateProjection } from './duplicate-projection.js';
import { keyOfText } from './key-in-text.js';
import { SKIPS, type SkipDocument, skipProjection } from './skip-projection.js';

type Known = Pick<ClusterDocument, 'id' | 'count' | 'standing'>;

/** Made up from nothing but the lists of leads and of skips, pair by pair. */
function clustersOf(leads: readonly Document[], skips: readonly SkipDocument[]): readonly Known[] {
  const bearers = new Map<string, { readonly id: string; readonly strong: readonly string[] }[]>();
  for (const lead of leads) {
    if (lead.status === 'deleted' || lead.status === 'merged') continue;
    const values = { fields: lead as FieldValues, custom: {} };
    const texts = matchKeys('lead', values, NO_SETTINGS).map(keyText);
    const strong = texts.filter((text) => !text.startsWith('~'));
    for (const text of texts) {
      bearers.set(text, [...(bearers.get(text) ?? []), { id: lead.id, strong }]);
    }
  }
  const isSkipped = (one: string, other: string) =>
    skips.some(
      ({ status, ids }) => status === 'skipped' && ids.includes(one) && ids.includes(other),
    );
  return [...bearers].flatMap(([text, members]): Known[] => {
    if (members.length < 2) return [];
    const pairs = members.flatMap((one, index) =>
      members.slice(index + 1).map((other) => [one, other] as const),
    );
    const covered =
      text.startsWith('~') && pairs.every(([one, other]) => sharesStrong(text, one, other));
    const skipped = pairs.every(([one, other]) => isSkipped(one.id, other.id));
    const standing = covered ? 'covered' : skipped ? 'skipped' : 'listed';
    return [{ id: `lead:${text}`, count: members.length, standing }];
  });
}

/** Whether the pair shares the strong keys that the weak one comes with. */
function sharesStrong(weak: string, ...pair: readonly { readonly strong: readonly string[] }[]) {
  const { kind, value } = keyOfText(weak);
  const [one, other] = pair.map(({ strong }) =>
    strong
      .filter((text) => text.startsWith(`${kind}:`))
      .filter((text) => weakFormOf(kind, text.slice(kind.length + 1)) === value)
      .sort()
      .join(),
  );
  return one === other;
}

describe('clusters of duplicates', () => {
  it('are what the lists of records and of skips come to, whatever has happened', async () => {
    await fc.assert(
      fc.asyncProperty(HISTORIES, fc.integer({ min: 1, max: 20 }), async (steps, batchSize) => {
        const stores = await openStores();
        const { log, readStore } = stores;
        const projections = [recordProjection('lead'), duplicateProjection, skipProjection];
        const engine = createProjectionEngine({ log, readStore, projections, batchSize });
        await engine.start();
        await appendHistory(
          stores,
          // Settings are as of the event that gave a record its values, which its document does not tell: here they stay as they are.
          steps.filter((step) => !isSettingsChange(step)),
        );
        expect(await engine.waitFor(await log.head(), 10_000)).toBe(true);
        const all = async <Doc extends Document>(name: string) => {
          const find = { filter: {}, sort: [], limit: 1_000 };
          return (await readStore.find<Doc>(engine.live(name), find)).documents;
        };
        const stored = await all<ClusterDocument>(DUPLICATE_CLUSTERS.name);
        const known = stored.map(({ id, count, standing }): Known => ({ id, count, standing }));
        const byId = (one: Known, other: Known) => (one.id < other.id ? -1 : 1);
        const expected = clustersOf(await all('leads'), await all<SkipDocument>(SKIPS.name));
        expect([...known].sort(byId)).toEqual([...expected].sort(byId));
        await engine.stop();
        await stores.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
