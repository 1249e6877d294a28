import { refOf } from '#crm';
import type { ActivityDocument } from '../activities/activity-document.js';
import { recordKey } from '../records/record-key.js';
import { livingEnds, mergedNow } from './living-ends.js';
import type { QueryContext } from './query-context.js';

/**
 * Activities as they are shown: linked to the records that stand for those which were merged away, each once. Stored documents keep what
 * was recorded, as those of records do.
 */
export async function leadLinksOn(
  context: QueryContext,
  activities: readonly ActivityDocument[],
): Promise<readonly ActivityDocument[]> {
  const linked = activities.flatMap(({ links }) => links);
  if (linked.length === 0) return activities;
  const ends = await livingEnds(linked, mergedNow(context));
  if (ends.size === 0) return activities;
  return activities.map((activity) => {
    const links = activity.links.map((link) => refOf(ends.get(recordKey(link)) ?? link));
    const once = new Map(links.map((link) => [recordKey(link), link]));
    return { ...activity, links: [...once.values()] };
  });
}
