import type { NoticeRef, RecordRef, Uuid } from '#crm';
import { ACTIVITIES, type ActivityDocument } from '../activities/activity-document.js';
import { NOTIFICATIONS } from '../notifications/notification-projection.js';
import type { RecordDocument } from '../records/record-document.js';
import { nameOf } from '../timeline/names.js';
import { loadRecords } from './load-records.js';
import type { QueryContext } from './query-context.js';

/** A record or activity that a notice is about, with what it is called. Who may know is for the caller to ask. */
export interface NoticedThing {
  readonly name: string | undefined;
  readonly document: RecordDocument | ActivityDocument;
}

/** What notices are about, by `type:id`: one batch for each type. What is not there is left out. */
export async function findNoticed(
  context: QueryContext,
  refs: readonly NoticeRef[],
): Promise<ReadonlyMap<string, NoticedThing>> {
  const isRecord = (ref: NoticeRef): ref is RecordRef => ref.type !== 'activity';
  const activityIds = refs.filter((ref) => !isRecord(ref)).map(({ id }) => id);
  const { readStore, models } = context;
  const [records, activities] = await Promise.all([
    loadRecords(context, refs.filter(isRecord)),
    readStore.load(models.live(ACTIVITIES.name), [...new Set(activityIds)]),
  ]);
  const things = new Map<string, NoticedThing>();
  for (const document of records) {
    things.set(`${document.type}:${document.id}`, { name: nameOf(document), document });
  }
  for (const [id, { document }] of activities) {
    const activity = document as ActivityDocument;
    things.set(`activity:${id}`, { name: activity.subject, document: activity });
  }
  return things;
}

/** Those of the notices that were read. */
export async function findRead(
  { readStore, models }: QueryContext,
  ids: readonly Uuid[],
): Promise<ReadonlySet<Uuid>> {
  const stored = await readStore.load(models.live(NOTIFICATIONS.name), ids);
  return new Set([...stored].flatMap(([id, { document }]) => (document.read ? [id] : [])));
}
