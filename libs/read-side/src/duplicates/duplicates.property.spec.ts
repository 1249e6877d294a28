import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type FieldValues,
  keyText,
  matchKeys,
  NO_SETTINGS,
  type RecordRef,
  weakFormOf,
} from '#crm';
import type { Document } from '#read-store';
import { createProjectionEngine } from '../engine/engine.js';
import { recordProjection } from '../records/record-projection.js';
import { openStores } from '../support/open-stores.js';
import {
  appendHistory,
  HISTORIES,
  isMerging,
  isSettingsChange,
  MERGED_INTO_ALL,
  type Step,
} from '../support/random-history.js';
import { type ClusterDocument, DUPLICATE_CLUSTERS } from './cluster-document.js';
import { duplicateProjection } from './duplicate-projection.js';
import { keyOfText } from './key-in-text.js';
import { SKIPS, type SkipDocument, skipProjection } from './skip-projection.js';

type Known = Pick<ClusterDocument, 'id' | 'count' | 'standing'>;
type Lead = {
  readonly id: string;
  readonly strong: readonly string[];
  readonly mergedInto?: RecordRef;
};

/** Made up from nothing but the lists of leads and of skips, pair by pair. */
function clustersOf(leads: readonly Document[], skips: readonly SkipDocument[]): readonly Known[] {
  const bearers = new Map<string, Lead[]>();
  for (const lead of leads) {
    if (lead.status === 'deleted') continue;
    const values = { fields: lead as FieldValues, custom: {} };
    const texts = matchKeys('lead', values, NO_SETTINGS).map(keyText);
    const strong = texts.filter((text) => !text.startsWith('~'));
    const mergedInto = lead.status === 'merged' ? (lead.mergedInto as RecordRef) : undefined;
    const bearer = { id: lead.id, strong, ...(mergedInto && { mergedInto }) };
    for (const text of texts) bearers.set(text, [...(bearers.get(text) ?? []), bearer]);
  }
  const isSkipped = (one: string, other: string) =>
    skips.some(
      ({ status, ids }) => status === 'skipped' && ids.includes(one) && ids.includes(other),
    );
  return [...bearers].flatMap(([text, members]): Known[] => {
    if (members.length < 2) return [];
    const ends = [...new Set(members.map(({ id }) => endAmong(id, members)))].map((end) =>
      members.filter(({ id }) => endAmong(id, members) === end),
    );
    const pairs = ends.flatMap((some, index) =>
      ends.slice(index + 1).map((others) => [some, others] as const),
    );
    const covered =
      text.startsWith('~') &&
      members.some((lead) =>
        ends.every((some) => some.some((one) => sharesStrong(text, lead, one))),
      );
    const skipped = pairs.every(([some, others]) =>
      some.some((one) => others.some((other) => isSkipped(one.id, other.id))),
    );
    const standing =
      ends.length < 2 ? 'merged' : covered ? 'covered' : skipped ? 'skipped' : 'listed';
    // Those merged away might have been merged into opportunities. None was.
    const elsewhere: Known = { id: `opportunity:${text}`, count: 0, standing: 'merged' };
    const away = members.filter(({ mergedInto }) => mergedInto);
    return [
      { id: `lead:${text}`, count: ends.length, standing },
      ...(away.length > 1 ? [elsewhere] : []),
    ];
  });
}

/** Where a record has gone, as far as those of one cluster tell. */
function endAmong(id: string, members: readonly Lead[], passed: readonly string[] = []): string {
  const into = members.find((one) => one.id === id)?.mergedInto?.id;
  return into === undefined || passed.includes(id) ? id : endAmong(into, members, [...passed, id]);
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
  it.each([
    ['without merges', (step: Step) => !isMerging(step), []],
    ['with merges', () => true, MERGED_INTO_ALL],
  ])(
    'are what the lists of records and of skips come to, %s',
    async (_name, includes, first) => {
      await fc.assert(
        fc.asyncProperty(HISTORIES, fc.integer({ min: 1, max: 20 }), async (steps, batchSize) => {
          const stores = await openStores();
          const { log, readStore } = stores;
          const projections = [recordProjection('lead'), duplicateProjection, skipProjection];
          const engine = createProjectionEngine({ log, readStore, projections, batchSize });
          await engine.start();
          // Settings are as of the event that gave a record its values, which its document does not tell: here they stay as they are.
          const some = steps.filter((step) => includes(step) && !isSettingsChange(step));
          await appendHistory(stores, [...first, ...some]);
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
        { numRuns: 40 },
      );
    },
    120_000,
  );
});
