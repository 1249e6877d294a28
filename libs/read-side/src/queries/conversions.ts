import type { Filter, Uuid } from '#crm';
import type { Page } from '#read-store';
import { CONVERSIONS, type ConversionDocument } from '../conversions/conversion-projection.js';
import { among } from './among.js';
import { leadsBehind } from './conversions-behind.js';
import { type ListAudited, listAudited } from './list-audited.js';
import { loadRecords } from './load-records.js';
import type { QueryContext } from './query-context.js';

/** A conversion by its id. Whether the caller may see it follows from the lead. */
export async function getConversion(
  { readStore, models }: QueryContext,
  id: Uuid,
): Promise<ConversionDocument | undefined> {
  const stored = await readStore.load(models.live(CONVERSIONS.name), [id]);
  return stored.get(id)?.document as ConversionDocument | undefined;
}

export interface ListConversions extends ListAudited {
  /** Those of leads that were merged into it are among them. */
  readonly leadId?: Uuid;
  /** A record that the conversion created, updated or linked to. */
  readonly targetId?: Uuid;
}

/** All conversions, newest first, for those who may audit. */
export async function listConversions(
  context: QueryContext,
  query: ListConversions,
): Promise<Page<ConversionDocument>> {
  const { leadId, targetId } = query;
  const filter: Filter = {
    ...(leadId !== undefined && among('leadId', await withLeadsBehind(context, leadId))),
    ...(targetId !== undefined && { targetIds: targetId }),
  };
  return listAudited<ConversionDocument>(context, CONVERSIONS.name, query, filter);
}

async function withLeadsBehind(context: QueryContext, leadId: Uuid): Promise<readonly Uuid[]> {
  const [lead] = await loadRecords(context, [{ type: 'lead', id: leadId }]);
  return [leadId, ...(lead ? leadsBehind(lead) : []).map(({ id }) => id)];
}
