import { type Type as Class, Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires } from '#access';
import { PLURALS, recordName, type StagedType } from '#crm';
import { type Board, type BoardColumn, CARD_LIMITS, listedFrom, shown } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { AFTER, CURSOR, closed, optional, slug } from '../http/schemas.js';
import { caughtUp } from '../reading/caught-up.js';
import { FILTERING } from '../reading/list-query.js';
import { readable } from '../reading/visible-record.js';
import { askedFor } from '../saved-filters/asked-records.js';
import { exampleOf } from './record-schemas.js';

const BOARD_QUERY = closed({
  pipelineId: optional(slug('The pipeline; the first in use when left out.')),
  stageId: optional(slug('One stage alone.')),
  ...FILTERING,
  limit: optional(
    Type.Integer({
      ...{ minimum: 1, maximum: CARD_LIMITS.most },
      description: `Cards of each stage. Default ${CARD_LIMITS.default}.`,
    }),
  ),
  cursor: optional({ ...CURSOR, description: '`next` of a stage, which has to be named.' }),
  after: AFTER,
});

/** The board of a pipeline. */
export function boardController(type: StagedType): Class {
  const plural = PLURALS[type];
  const sums =
    type === 'lead' ? [] : [{ currency: 'VND', count: 1, amount: 25000000, weighted: 10000000 }];
  const example = {
    pipeline: { id: 'sales', name: 'Bán hàng', retired: false },
    stages: [
      {
        ...{ id: 'proposal', name: 'Đề xuất', marker: 'open', probability: 40, retired: false },
        ...{ count: 1, sums, items: [{ id: EXAMPLE_ID, type, ...exampleOf(type) }] },
      },
    ],
    complete: true,
  };

  @ApiTags(plural)
  @Controller(`v1/${plural}`)
  class BoardController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('GET', 'board', {
      summary: `Shows the ${plural} of a pipeline by stage`,
      description:
        'Counts, sums by currency (plain, and weighted by probability) and the newest cards of each stage, of what you may see; deleted and merged records are left out. ' +
        'Exact at any size under filters on ownerId, teamId, status and stageId; under others and searches of the newest 10,000 records that may match, with complete: false when that was not all. Sums beyond 9,007,199,254,740,991 minor units are rounded to what a JSON number holds.',
      access: Requires('read', type),
      query: BOARD_QUERY,
      answer: { description: 'The board.', schema: 'Board', example },
      refusals: [503],
    })
    async board(@Query() query: Static<typeof BOARD_QUERY>, @Call() { request }: Call) {
      const { pipelineId, stageId, limit, cursor, after } = query;
      await caughtUp(this.ledger, after, listedFrom(type));
      const board = await this.ledger.read.queries.readBoard({
        ...{ type, access: readable(request, type) },
        ...(await askedFor(this.ledger, request, type, query)),
        ...(pipelineId !== undefined && { pipelineId }),
        ...(stageId !== undefined && { stageId }),
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
      });
      return shownBoard(board);
    }
  }
  return named(BoardController, `${recordName(type)}Board`);
}

function shownBoard({ pipeline: { id, name, retired }, columns, complete }: Board) {
  return { pipeline: { id, name, retired }, stages: columns.map(shownColumn), complete };
}

function shownColumn({ stage, count, sums, documents, next }: BoardColumn) {
  const { requiredFields: _required, ...told } = stage;
  return {
    ...told,
    count,
    sums: sums.map(({ amount, weighted, ...sum }) => ({
      ...sum,
      amount: Number(amount),
      weighted: Number(weighted),
    })),
    items: documents.map(shown),
    ...(next !== undefined && { next }),
  };
}
