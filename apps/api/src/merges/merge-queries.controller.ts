import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires } from '#access';
import { PLURALS, RECORD_TYPES, refuseInvalid, type Uuid } from '#crm';
import { MERGES, type MergeDocument } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { AFTER, closed, id as idOf, instant, oneOf, optional } from '../http/schemas.js';
import { boundsOf } from '../reading/bounds-of.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { noSuch, readable } from '../reading/visible-record.js';
import { EXAMPLE_SELECTION } from './merge-schemas.js';

const [SURVIVOR, AWAY] = EXAMPLE_SELECTION.records;
const EXAMPLE = {
  ...{ id: EXAMPLE_ID, survivor: SURVIVOR, records: [AWAY], by: EXAMPLE_ID },
  ...{ policy: { name: 'first-created', version: 1 }, at: EXAMPLE_INSTANT, completed: true },
};
const AUDIT_QUERY = closed({
  recordType: optional(oneOf(RECORD_TYPES, 'The type of the record.')),
  recordId: optional(idOf('A record that took part, as the survivor or merged away.')),
  as: optional(oneOf(['survivor', 'merged'], 'What part that record took.')),
  by: optional(Type.String({ maxLength: 64, description: 'By this user.' })),
  from: optional(instant('Not before.')),
  until: optional(instant('Before.')),
  ...PAGING,
});

/** What became of merges (PRODUCT.md P8 "Audit"). */
@ApiTags('merges')
@Controller('v1/merges')
export class MergeQueriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists all merges',
    access: Requires('audit'),
    query: AUDIT_QUERY,
    answer: {
      description: 'Newest first.',
      schema: 'MergePage',
      example: { items: [EXAMPLE] },
    },
    refusals: [503],
  })
  async list(@Query() query: Static<typeof AUDIT_QUERY>): Promise<Listed<ShownMerge>> {
    const { after, from, until, recordType: type, recordId: id, ...asked } = query;
    if ((type === undefined) !== (id === undefined)) {
      const path = type === undefined ? 'recordType' : 'recordId';
      refuseInvalid([{ path, code: 'required', message: 'Type and id go together.' }]);
    }
    if (query.as !== undefined && id === undefined) {
      const message = 'Name the record that took part so.';
      refuseInvalid([{ path: 'recordId', code: 'required', message }]);
    }
    await caughtUp(this.ledger, after, [MERGES.name]);
    const page = await this.ledger.read.queries.listMerges({
      ...asked,
      ...(type !== undefined && id !== undefined && { record: { type, id } }),
      ...boundsOf({ from, until }),
    });
    return pageOf(page, shownMerge);
  }

  @Route('GET', ':id', {
    summary: 'Tells of one merge',
    description: 'Open to those who may read the survivor.',
    access: Requires('read'),
    query: closed({ after: AFTER }),
    answer: { description: 'The merge.', schema: 'Merge', example: EXAMPLE },
    refusals: [503],
  })
  async get(
    @Param('id') id: Uuid,
    @Query() { after }: { readonly after?: number },
    @Call() { request }: Call,
  ): Promise<ShownMerge> {
    await caughtUp(this.ledger, after, [MERGES.name, ...Object.values(PLURALS)]);
    const { queries } = this.ledger.read;
    const merge = await queries.getMerge(id);
    if (!merge) throw noSuch('merge');
    const { survivor } = merge;
    const access = readable(request, survivor.type);
    if (!(await queries.getRecord({ ...survivor, access }))) throw noSuch('merge');
    return shownMerge(merge);
  }
}

type ShownMerge = Omit<MergeDocument, 'recordKeys' | 'awayKeys' | 'pending'>;

function shownMerge(merge: MergeDocument): ShownMerge {
  const { recordKeys: _keys, awayKeys: _away, pending: _pending, ...shown } = merge;
  return shown as ShownMerge;
}
