import { type Filter, type Money, PLURALS, type StagedType } from '#crm';
import { lookThrough } from '../queries/bounded-find.js';
import { NEWEST_FIRST } from '../queries/list-records.js';
import type { QueryContext } from '../queries/query-context.js';
import type { RecordDocument } from '../records/record-document.js';
import { added, combined, type RevenueSum, revenueOf } from '../totals/revenue-sums.js';
import { type TotalDocument, totalCollection } from '../totals/total-document.js';

/** How many records stand in a stage and what they are worth. */
export interface StageCount {
  readonly count: number;
  /** By currency; of leads none. */
  readonly sums: readonly RevenueSum[];
}

/** Counts by stage. */
export interface StageCounts {
  readonly byStage: ReadonlyMap<string, StageCount>;
  /** False when there are more records than were looked at. */
  readonly complete: boolean;
}

export const NO_RECORDS: StageCount = { count: 0, sums: [] };

/** Records that are looked at where totals do not tell, the newest: about a tenth of a second. */
export const LOOKED_AT = 10_000;
const PAGE = 1_000;

/**
 * Counts from the totals, whatever the number of records: as many documents are read as people keep records in the stages.
 * The filter is of what totals are told apart by.
 */
export async function countByTotals(
  { readStore, models }: QueryContext,
  type: StagedType,
  filter: Filter,
): Promise<StageCounts> {
  const byStage = new Map<string, StageCount>();
  const totals = models.live(totalCollection(type).name);
  let cursor: string | undefined;
  do {
    const find = { filter, sort: [], limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const page = await readStore.find<TotalDocument>(totals, find);
    for (const { stageId = '', count, sums } of page.documents) {
      const before = byStage.get(stageId) ?? NO_RECORDS;
      byStage.set(stageId, {
        count: before.count + count,
        sums: combined(before.sums, sums),
      });
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return { byStage, complete: true };
}

/** Counts records one by one, under any filter, no more than `LOOKED_AT` of them. */
export async function countByRecords(
  { readStore, models }: QueryContext,
  type: StagedType,
  filter: Filter,
  most = LOOKED_AT,
): Promise<StageCounts> {
  const byStage = new Map<string, StageCount>();
  const asked = { filter, sort: NEWEST_FIRST };
  const count = (document: RecordDocument) => {
    const { stageId = '', expectedRevenue, probability } = document;
    const before = byStage.get(stageId) ?? NO_RECORDS;
    const revenue = revenueOf(expectedRevenue as Money | undefined, probability);
    byStage.set(stageId, {
      count: before.count + 1,
      sums: revenue ? added(before.sums, revenue, 1) : before.sums,
    });
  };
  const records = models.live(PLURALS[type]);
  const { complete } = await lookThrough(readStore, records, asked, most, count);
  return { byStage, complete };
}
