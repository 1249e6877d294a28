import type { FastifyRequest } from 'fastify';
import { callerOf, scopeFilter } from '#access';
import { PLURALS, type RecordType, Refusal, type Uuid } from '#crm';
import { type RecordDocument } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { caughtUp, foundOrCaughtUp } from './caught-up.js';

/** What the caller may see of a type, as queries take it. */
export function readable(request: FastifyRequest, type: RecordType | 'activity') {
  return scopeFilter(callerOf(request), 'read', type);
}

/**
 * The record that the path names, as it stands.
 * @throws Refusal 404 when there is none, or none that the caller may read: which, the answer does not tell
 */
export async function visibleRecord(
  ledger: Leadledger,
  type: RecordType,
  request: FastifyRequest,
  collections: readonly string[] = [],
): Promise<RecordDocument> {
  const { id } = request.params as { readonly id: Uuid };
  const { after } = request.query as { readonly after?: number };
  await caughtUp(ledger, after, [PLURALS[type], ...collections]);
  const access = readable(request, type);
  const document = await foundOrCaughtUp(ledger, [PLURALS[type]], () =>
    ledger.read.queries.getRecord({ type, id, access }),
  );
  if (document) return document;
  throw noSuch(type);
}

/** The refusal of what is not there for this caller. */
export function noSuch(what: string): Refusal {
  return new Refusal('not-found', 'record_not_found', `There is no such ${what}.`);
}
