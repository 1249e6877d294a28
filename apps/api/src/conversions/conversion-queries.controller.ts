import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { Requires } from '#access';
import type { Uuid } from '#crm';
import { type ConversionDocument } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import { AFTER, closed, id as idOf, instant, optional } from '../http/schemas.js';
import { boundsOf } from '../reading/bounds-of.js';
import { caughtUp } from '../reading/caught-up.js';
import { PAGING } from '../reading/list-query.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { noSuch, readable } from '../reading/visible-record.js';

const EXAMPLE = {
  ...{ id: EXAMPLE_ID, leadId: EXAMPLE_ID, case: 1, at: EXAMPLE_INSTANT, completed: true },
  contact: { action: 'create', id: EXAMPLE_ID },
};
const AUDIT_QUERY = closed({
  leadId: optional(idOf('Of this lead.')),
  targetId: optional(idOf('That created, updated or linked to this record.')),
  by: optional(Type.String({ maxLength: 64, description: 'By this user.' })),
  from: optional(instant('Not before.')),
  until: optional(instant('Before.')),
  ...PAGING,
});

/** What became of conversions (PRODUCT.md P8 "Audit"). */
@ApiTags('conversions')
@Controller('v1/conversions')
export class ConversionQueriesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists all conversions',
    access: Requires('audit'),
    query: AUDIT_QUERY,
    answer: {
      description: 'Newest first.',
      schema: 'ConversionPage',
      example: { items: [EXAMPLE] },
    },
    refusals: [503],
  })
  async list(@Query() query: Static<typeof AUDIT_QUERY>): Promise<Listed<ConversionDocument>> {
    const { after, from, until, ...asked } = query;
    await caughtUp(this.ledger, after, ['conversions', 'leads']);
    const page = await this.ledger.read.queries.listConversions({
      ...asked,
      ...boundsOf({ from, until }),
    });
    return pageOf(page, (conversion) => conversion);
  }

  @Route('GET', ':id', {
    summary: 'Tells of one conversion',
    description: 'Open to those who may read the lead.',
    access: Requires('read', 'lead'),
    query: closed({ after: AFTER }),
    answer: { description: 'The conversion.', schema: 'Conversion', example: EXAMPLE },
    refusals: [503],
  })
  async get(
    @Param('id') id: Uuid,
    @Query() { after }: { readonly after?: number },
    @Call() { request }: Call,
  ): Promise<ConversionDocument> {
    await caughtUp(this.ledger, after, ['conversions', 'leads']);
    const { queries } = this.ledger.read;
    const conversion = await queries.getConversion(id);
    const access = readable(request, 'lead');
    const lead =
      conversion && (await queries.getRecord({ type: 'lead', id: conversion.leadId, access }));
    if (!conversion || !lead) throw noSuch('conversion');
    return conversion;
  }
}
