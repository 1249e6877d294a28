import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Filter } from '#crm';
import type { ReadStore } from '#read-store';
import type { Access } from '../queries/query-context.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import type { TestEvent } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';

const AN = id(91);
const BINH = id(92);
const TEAM = id(95);

function stage(stageId: string, part: object = {}) {
  const plain = { id: stageId, name: stageId, probability: 0, marker: 'open', retired: false };
  return { ...plain, requiredFields: [], ...part };
}
const stages = [stage('new'), stage('offer'), stage('gone', { retired: true })];
const pipelines: readonly TestEvent[] = [
  ['sales', 'opportunity'],
  ['projects', 'opportunity'],
  ['leads', 'lead'],
].map(([pipelineId, recordType]) => ({
  type: 'PipelineDefined',
  data: { pipelineId, recordType, name: `${pipelineId}`, stages },
}));

const VND = (amount: number) => ({ amount, currency: 'VND' });
const deal = (
  n: number,
  fields: object,
  place: object = {},
): readonly [stream: string, event: TestEvent] => [
  `opportunity-${id(n)}`,
  captured('opportunity', fields as never, {
    ...{ pipelineId: 'sales', stageId: 'new', stageProbability: 20, ownerId: AN },
    ...place,
  }),
];

/** What boards answer, on any read store. */
export function boardContract(openStore: () => Promise<ReadStore | undefined>): void {
  describe('a board', () => {
    let side: TestReadSide;
    beforeEach(async () => {
      side = await openReadSide(await openStore());
      await side.append('settings', ...pipelines);
      const offered = { stageId: 'offer', stageProbability: 50 };
      await side.append(...deal(1, { expectedRevenue: VND(1_000), priority: 'Cao' }));
      await side.append(...deal(2, { expectedRevenue: VND(333) }, { ownerId: BINH }));
      await side.append(
        ...deal(3, { expectedRevenue: { amount: 77, currency: 'USD' }, name: 'Camera' }, offered),
      );
      await side.append(...deal(4, { probability: 10, expectedRevenue: VND(10) }, offered));
      await side.append(...deal(5, {}, { ...offered, ownerId: undefined, teamId: TEAM }));
      await side.happen(...deal(6, { expectedRevenue: VND(9) }, { pipelineId: 'projects' }));
    });
    afterEach(() => side.close());

    const board = (query: object = {}) =>
      side.queries.readBoard({ type: 'opportunity', access: 'all', ...query });
    const brief = async (query: object = {}) => {
      const { columns, complete } = await board(query);
      return {
        complete,
        columns: columns.map(({ stage: { id: stageId }, count, sums, documents }) => [
          stageId,
          count,
          sums.map(({ currency, amount, weighted }) => `${amount} ${weighted} ${currency}`),
          documents.map((document) => Number.parseInt(document.id.slice(-4), 16)),
        ]),
      };
    };

    it('counts and sums up each stage by currency, plain and by probability, and shows its newest', async () => {
      expect(await brief()).toEqual({
        complete: true,
        columns: [
          ['new', 2, ['1333 267 VND'], [2, 1]],
          ['offer', 3, ['77 39 USD', '10 1 VND'], [5, 4, 3]],
        ],
      });
      const { pipeline } = await board();
      expect(pipeline.id).toBe('sales');
      expect((await brief({ pipelineId: 'projects' })).columns[0]).toEqual([
        'new',
        1,
        ['9 2 VND'],
        [6],
      ]);
    });

    it('counts one by one under any filter what totals count under theirs', async () => {
      const everyone: Filter = { createdAt: { $gte: '2000-01-01' } };
      const filters: readonly Filter[] = [
        {},
        { ownerId: AN },
        { ownerId: null },
        { teamId: TEAM },
        { status: 'open' },
        { status: { $in: ['won', 'lost', 'deleted'] } },
        { stageId: 'offer', ownerId: { $ne: BINH } },
        { pipelineId: 'projects' },
      ];
      for (const filter of filters) {
        const oneByOne = await brief({ filter: { $and: [filter, everyone] } });
        expect(await brief({ filter })).toEqual(oneByOne);
      }
      expect((await brief({ filter: { priority: 'Cao' } })).columns).toEqual([
        ['new', 1, ['1000 200 VND'], [1]],
        ['offer', 0, [], []],
      ]);
      expect((await brief({ q: 'camera' })).columns[1]).toEqual(['offer', 1, ['77 39 USD'], [3]]);
    });

    it('shows only what the caller may see', async () => {
      const own: Access = {
        $or: [
          { ownerId: BINH },
          { $and: [{ ownerId: null }, { teamId: null }, { createdBy: BINH }] },
        ],
      };
      await side.happen(`opportunity-${id(7)}`, {
        ...deal(7, { expectedRevenue: VND(1) }, { ownerId: undefined })[1],
        actor: { kind: 'user', id: BINH },
      });
      expect((await brief({ access: own })).columns).toEqual([
        ['new', 2, ['334 67 VND'], [7, 2]],
        ['offer', 0, [], []],
      ]);
      expect((await brief({ access: 'none' })).columns[0]).toEqual(['new', 0, [], []]);
    });

    it('follows what happens to records: moves, values, owners, outcomes, deletion and restoring', async () => {
      const move = (stageId: string, stageProbability: number) => ({
        type: 'OpportunityStageChanged',
        data: {
          from: { pipelineId: 'sales', stageId: 'new' },
          to: { pipelineId: 'sales', stageId },
          ...{ stoodMs: 1, stageProbability },
        },
      });
      const of = (n: number) => `opportunity-${id(n)}`;
      const edited = { field: 'expectedRevenue', to: VND(2_000) };
      await side.append(of(1), move('offer', 50));
      await side.append(of(1), { type: 'OpportunityEdited', data: { changes: [edited] } });
      await side.append(of(3), { type: 'OpportunityWon', data: {} });
      await side.append(of(4), { type: 'OpportunityDeleted', data: {} });
      await side.happen(of(2), move('gone', 30));
      expect((await brief()).columns).toEqual([
        ['new', 0, [], []],
        ['offer', 3, ['77 77 USD', '2000 1000 VND'], [5, 3, 1]],
        ['gone', 1, ['333 100 VND'], [2]],
      ]);
      await side.append(of(4), { type: 'OpportunityRestored', data: {} });
      const to = { ownerId: BINH };
      await side.happen(of(1), { type: 'OpportunityAssigned', data: { from: {}, to } });
      expect((await brief({ filter: { ownerId: AN } })).columns[1]).toEqual([
        'offer',
        2,
        ['77 77 USD', '10 1 VND'],
        [4, 3],
      ]);
    });

    it('goes on in one stage', async () => {
      const first = await board({ stageId: 'offer', limit: 2 });
      const [column] = first.columns;
      expect(first.columns).toHaveLength(1);
      expect(column?.documents.map((document) => document.id)).toEqual([id(5), id(4)]);
      const then = await board({ stageId: 'offer', limit: 2, cursor: column?.next });
      expect(then.columns[0]?.documents.map((document) => document.id)).toEqual([id(3)]);
      expect(then.columns[0]?.next).toBeUndefined();
    });

    it('refuses a pipeline or stage that is none, a cursor without a stage, and too many cards', async () => {
      const refused = (query: object) => expect(board(query)).rejects;
      await refused({ pipelineId: 'leads' }).toMatchObject({ path: 'pipelineId' });
      await refused({ stageId: 'x' }).toMatchObject({ path: 'stageId' });
      await refused({ cursor: 'x' }).toMatchObject({ path: 'cursor' });
      await refused({ limit: 51 }).toMatchObject({ path: 'limit' });
      await refused({ filter: { nothing: 1 } }).toMatchObject({ name: 'InvalidFilter' });
    });

    it('of leads counts', async () => {
      const place = { pipelineId: 'leads', stageId: 'offer' };
      await side.happen(`lead-${id(20)}`, captured('lead', {}, place));
      const { columns } = await side.queries.readBoard({ type: 'lead', access: 'all' });
      expect(columns.map(({ count, sums }) => [count, sums])).toEqual([
        [0, []],
        [1, []],
      ]);
    });
  });
}
