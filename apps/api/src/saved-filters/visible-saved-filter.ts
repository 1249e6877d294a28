import type { FastifyRequest } from 'fastify';
import { callerOf } from '#access';
import { Refusal, type Uuid } from '#crm';
import { SAVED_FILTERS, type ShownSavedFilter } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { foundOrCaughtUp } from '../reading/caught-up.js';

/** @throws Refusal 404 when there is no such filter for the caller */
export async function visibleSavedFilter(
  ledger: Leadledger,
  request: FastifyRequest,
  id: Uuid,
): Promise<ShownSavedFilter> {
  const reader = callerOf(request);
  const found = await foundOrCaughtUp(ledger, [SAVED_FILTERS.name], () =>
    ledger.read.queries.getSavedFilter({ id, reader }),
  );
  if (found) return found;
  throw new Refusal('not-found', 'saved_filter_not_found', 'There is no such saved filter.');
}
