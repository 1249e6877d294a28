import type { FastifyRequest } from 'fastify';
import type { Uuid } from '#crm';
import { type ActivityDocument } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { caughtUp } from '../reading/caught-up.js';
import { noSuch, readable } from '../reading/visible-record.js';

/**
 * The activity that the path names. Open to those whose it is, and to those who may read a record that it is about.
 * @throws Refusal 404 when there is none for this caller
 */
export async function visibleActivity(
  ledger: Leadledger,
  request: FastifyRequest,
): Promise<ActivityDocument> {
  const { id } = request.params as { readonly id: Uuid };
  const { after } = request.query as { readonly after?: number };
  await caughtUp(ledger, after, ['activities']);
  const { queries } = ledger.read;
  const own = await queries.getActivity({ id, access: readable(request, 'activity') });
  if (own) return own;
  const activity = await queries.getActivity({ id, access: 'all' });
  for (const link of activity?.links ?? []) {
    const access = readable(request, link.type);
    if (await queries.getRecord({ type: link.type, id: link.id, access })) {
      return activity as ActivityDocument;
    }
  }
  throw noSuch('activity');
}
