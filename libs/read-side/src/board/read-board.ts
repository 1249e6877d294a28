import {
  type Filter,
  type Pipeline,
  PLURALS,
  pipelinesOf,
  type Settings,
  type Stage,
  type StagedType,
} from '#crm';
import type { Page } from '#read-store';
import { type AskRecords, askRecords, STANDING } from '../queries/ask-records.js';
import { boundedFind } from '../queries/bounded-find.js';
import { NEWEST_FIRST } from '../queries/list-records.js';
import { EMPTY_PAGE, InvalidQuery, type QueryContext, within } from '../queries/query-context.js';
import { resolveNow } from '../queries/resolve-references.js';
import type { RecordDocument } from '../records/record-document.js';
import { TOLD_APART } from '../totals/total-document.js';
import {
  countByRecords,
  countByTotals,
  NO_RECORDS,
  type StageCount,
  type StageCounts,
} from './count-stages.js';

export interface ReadBoard extends AskRecords {
  readonly type: StagedType;
  /** Left out: the first pipeline in use. */
  readonly pipelineId?: string;
  /** One column alone, which `cursor` goes on in. */
  readonly stageId?: string;
  /** Cards of each column, 1 to 50. Default 10. */
  readonly limit?: number;
}

/** A stage with what stands in it: the newest first, and a `next` where there may be more. */
export interface BoardColumn extends StageCount, Page<RecordDocument> {
  readonly stage: Stage;
}

/** The standing records of a pipeline by stage. */
export interface Board {
  readonly pipeline: Pipeline;
  /** In the pipeline's order: the stages in use, and retired ones where records still stand. */
  readonly columns: readonly BoardColumn[];
  /** False when there are more records than were counted. */
  readonly complete: boolean;
}

const NOTHING: StageCounts = { byStage: new Map(), complete: true };

/** Cards of each column. */
export const CARD_LIMITS = { default: 10, most: 50 } as const;
/** Records that are looked at for the cards of one column. */
const LOOKED_AT_FOR_CARDS = 2_000;

/**
 * The board of a pipeline: of what the caller may see and the filter and the search leave. Counts and sums are exact, whatever the number of records, where the filter is of
 * owner, team, outcome and stage; else they are of the newest 10,000 records that its indexed conditions leave (`complete`).
 * @throws InvalidFilter, InvalidCursor, InvalidQuery
 */
export async function readBoard(context: QueryContext, query: ReadBoard): Promise<Board> {
  const { type, pipelineId, stageId, cursor, q = '' } = query;
  const limit = cardsOf(query);
  if (cursor !== undefined && stageId === undefined) {
    throw new InvalidQuery('cursor', 'it goes on in one stage; name it');
  }
  const pipeline = choosePipeline(await context.settings(), type, pipelineId);
  const stages = chooseStages(pipeline, stageId);
  const asked = await askRecords(context, query);
  const here = { pipelineId: pipeline.id, ...(stageId !== undefined && { stageId }) };
  const wanted = asked.wanted && within('all', here, asked.wanted, STANDING);
  const isTold = q.trim() === '' && [...asked.fields].every((field) => TOLD_APART.has(field));
  const count = isTold ? countByTotals : countByRecords;
  const counts = wanted ? await count(context, type, wanted) : NOTHING;
  const columns = await Promise.all(
    stages.map(async (stage): Promise<BoardColumn> => {
      const here = counts.byStage.get(stage.id) ?? NO_RECORDS;
      const isEmpty = counts.complete && here.count === 0;
      if (isEmpty || !wanted) return { stage, ...here, ...EMPTY_PAGE };
      const filter = within('all', wanted, { stageId: stage.id }) ?? {};
      const at = asked.cursor === undefined ? {} : { cursor: asked.cursor };
      return { stage, ...here, ...asked.page(await cardsIn(context, type, filter, limit, at)) };
    }),
  );
  const shown = columns.filter(
    ({ stage, count, documents }) =>
      !stage.retired || stageId !== undefined || count > 0 || documents.length > 0,
  );
  return { pipeline, columns: await resolved(context, shown), complete: counts.complete };
}

async function cardsIn(
  { readStore, models }: QueryContext,
  type: StagedType,
  filter: Filter,
  limit: number,
  at: { readonly cursor?: string },
): Promise<Page<RecordDocument>> {
  const find = { filter, sort: NEWEST_FIRST, limit, ...at };
  return boundedFind(readStore, models.live(PLURALS[type]), find, LOOKED_AT_FOR_CARDS);
}

/** The cards with what they point at shown through merges: one look-up for all columns. */
async function resolved(
  context: QueryContext,
  columns: readonly BoardColumn[],
): Promise<readonly BoardColumn[]> {
  const all = await resolveNow(
    context,
    columns.flatMap(({ documents }) => documents),
  );
  let from = 0;
  return columns.map((column) => {
    const documents = all.slice(from, from + column.documents.length);
    from += documents.length;
    return { ...column, documents };
  });
}

function cardsOf({ limit = CARD_LIMITS.default }: ReadBoard): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= CARD_LIMITS.most) return limit;
  throw new InvalidQuery('limit', `it is a whole number from 1 to ${CARD_LIMITS.most}`);
}

function choosePipeline(settings: Settings, type: StagedType, id: string | undefined): Pipeline {
  const pipeline =
    id === undefined
      ? pipelinesOf(settings, type)[0]
      : settings.pipelines.find((one) => one.id === id && one.recordType === type);
  if (pipeline) return pipeline;
  throw new InvalidQuery('pipelineId', `there is no such ${type} pipeline`);
}

function chooseStages({ stages }: Pipeline, id: string | undefined): readonly Stage[] {
  if (id === undefined) return stages;
  const stage = stages.find((one) => one.id === id);
  if (stage) return [stage];
  throw new InvalidQuery('stageId', 'there is no such stage in the pipeline');
}
