import type { Filter, Uuid } from '#crm';
import type { Page } from '#read-store';
import { CONVERSIONS, type ConversionDocument } from '../conversions/conversion-projection.js';
import { newestFirst } from './around-record.js';
import { boundedFind } from './bounded-find.js';
import { limitOf, type Paging, type QueryContext } from './query-context.js';

/** A conversion by its id. Whether the caller may see it follows from the lead. */
export async function getConversion(
  { readStore, models }: QueryContext,
  id: Uuid,
): Promise<ConversionDocument | undefined> {
  const stored = await readStore.load(models.live(CONVERSIONS.name), [id]);
  return stored.get(id)?.document as ConversionDocument | undefined;
}

export interface ListConversions extends Paging {
  readonly leadId?: Uuid;
  /** A record that the conversion created, updated or linked to. */
  readonly targetId?: Uuid;
  readonly by?: string;
  /** Bounds of `at`: from inclusive, until exclusive. */
  readonly from?: string;
  readonly until?: string;
}

/** All conversions, newest first, for those who may audit. */
export async function listConversions(
  { readStore, models }: QueryContext,
  query: ListConversions,
): Promise<Page<ConversionDocument>> {
  const { leadId, targetId, by, from, until, cursor } = query;
  const filter: Filter = {
    ...(leadId !== undefined && { leadId }),
    ...(targetId !== undefined && { targetIds: targetId }),
    ...(by !== undefined && { by }),
    ...((from ?? until) !== undefined && {
      at: { ...(from !== undefined && { $gte: from }), ...(until !== undefined && { $lt: until }) },
    }),
  };
  return boundedFind<ConversionDocument>(readStore, models.live(CONVERSIONS.name), {
    filter,
    sort: newestFirst('at'),
    limit: limitOf(query),
    ...(cursor !== undefined && { cursor }),
  });
}
