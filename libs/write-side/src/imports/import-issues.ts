import { type ImportEvent, importStream, isUuid, Refusal, type RowIssue, type Uuid } from '#crm';
import type { EventLog } from '#event-store';

/** A page of what an import has to tell about rows. */
export interface IssuePage {
  readonly items: readonly RowIssue[];
  /** Where the next page begins; left out at the end of what is there now. */
  readonly next?: string;
}

const EVENTS_AT_ONCE = 50;
const CURSOR = /^(\d{1,9})\.(\d{1,6})$/;

/** Issues of one kind in the order of the file, from the import's own events. */
export async function readIssues(
  log: EventLog,
  importId: Uuid,
  kind: RowIssue['kind'],
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<IssuePage> {
  const items: RowIssue[] = [];
  let { revision, skip } = placeOf(cursor);
  if (!isUuid(importId)) return { items };
  for (;;) {
    const { events } = await log.readStream({
      stream: importStream(importId),
      from: revision,
      limit: EVENTS_AT_ONCE,
    });
    for (const event of events) {
      const issues = issuesIn(event as unknown as ImportEvent);
      for (const [index, issue] of issues.entries()) {
        if (index < skip || issue.kind !== kind) continue;
        if (items.length === limit) return { items, next: `${event.revision}.${index}` };
        items.push(issue);
      }
      skip = 0;
      revision = event.revision + 1;
    }
    if (events.length < EVENTS_AT_ONCE) return { items };
  }
}

function issuesIn(event: ImportEvent): readonly RowIssue[] {
  return event.type === 'ImportProgressed' ? event.data.issues : [];
}

function placeOf(cursor: string | undefined): { revision: number; skip: number } {
  if (cursor === undefined) return { revision: 0, skip: 0 };
  const [, revision, skip] = CURSOR.exec(cursor) ?? [];
  if (revision === undefined) {
    throw new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', {
      errors: [{ path: 'cursor', code: 'invalid_cursor', message: 'Take `next` of a page.' }],
    });
  }
  return { revision: Number(revision), skip: Number(skip) };
}
