import type { FastifyRequest } from 'fastify';
import type { Uuid } from '#crm';
import { type ActivityDocument, BEHIND_READ_FROM, MERGES } from '#read-side';
import type { Leadledger } from '../composition/leadledger.js';
import { caughtUp } from '../reading/caught-up.js';
import { noSuch, readable } from '../reading/visible-record.js';

/**
 * The activity that the path names. Open to those whose it is, and to those who may read a record that it is about, or the one that
 * stands for that after a merge.
 * @throws Refusal 404 when there is none for this caller
 */
export async function visibleActivity(
  ledger: Leadledger,
  request: FastifyRequest,
): Promise<ActivityDocument> {
  const { id } = request.params as { readonly id: Uuid };
  const { after } = request.query as { readonly after?: number };
  await caughtUp(ledger, after, ['activities', MERGES.name, ...BEHIND_READ_FROM]);
  const { queries } = ledger.read;
  const own = await queries.getActivity({ id, access: readable(request, 'activity') });
  if (own) return own;
  const activity = await queries.getActivity({ id, access: 'all' });
  if (!activity) throw noSuch('activity');
  const links = activity.links.map(({ type, id }) => ({ type, id }));
  for (const { type, id } of [...links, ...(await queries.standingFor(links))]) {
    const access = readable(request, type);
    if (await queries.getRecord({ type, id, access })) return activity;
  }
  throw noSuch('activity');
}
