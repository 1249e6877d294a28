import {
  type Instant,
  type RecordRef,
  recordName,
  recordStream,
  SILENT_VERBS,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';

/** Something that happened to a record after a merge into it. */
export interface Since {
  readonly record: RecordRef;
  readonly eventId: Uuid;
  readonly type: string;
  readonly at: Instant;
  readonly by: Uuid;
}

const AT_ONCE = 200;
/** More than a preview shows anybody. */
const MOST = 1_000;

/** What happened to the record since the merge into it, newest first, at most the latest 1,000. */
export async function sinceMerge(
  log: EventLog,
  { type, id }: RecordRef,
  mergeId: Uuid,
): Promise<readonly Since[]> {
  const stream = recordStream(type, id);
  const name = recordName(type);
  const since: Since[] = [];
  for (let from: number | undefined; since.length < MOST; ) {
    const start = from === undefined ? {} : { from };
    const page = await log.readStream({ stream, direction: 'backwards', limit: AT_ONCE, ...start });
    for (const event of page.events) {
      const { mergeId: ofEvent } = event.data as { readonly mergeId?: Uuid };
      if (event.type === `${name}RecordsMerged` && ofEvent === mergeId) return since;
      from = event.revision - 1;
      if (SILENT_VERBS.has(event.type.slice(name.length))) continue;
      const { occurredAt, actor } = event.metadata;
      since.push({
        record: { type, id },
        eventId: event.id,
        type: event.type,
        at: occurredAt,
        by: actor.id,
      });
    }
    if (page.events.length < AT_ONCE || (from ?? 0) < 0) return since;
  }
  return since;
}
