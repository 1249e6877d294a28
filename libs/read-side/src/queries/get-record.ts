import {
  PLURALS,
  type Recorded,
  type RecordRef,
  type RecordType,
  recordStream,
  type Uuid,
} from '#crm';
import type { RecordDocument } from '../records/record-document.js';
import { foldRecord } from '../records/record-fold.js';
import { recordKey } from '../records/record-key.js';
import { withConversionsBehind } from './conversions-behind.js';
import { eventsUntil } from './events-until.js';
import type { LookUp } from './living-ends.js';
import { type Access, type AsOf, maySee, type QueryContext } from './query-context.js';
import { resolveReferences } from './resolve-references.js';

export interface GetRecord {
  readonly type: RecordType;
  readonly id: Uuid;
  readonly access: Access;
}

/** A record as it stands, deleted and merged ones included; undefined when there is none that the caller may see. */
export async function getRecord(
  { readStore, models }: QueryContext,
  { type, id, access }: GetRecord,
): Promise<RecordDocument | undefined> {
  const stored = await readStore.load(models.live(PLURALS[type]), [id]);
  const document = stored.get(id)?.document as RecordDocument | undefined;
  return document && maySee(access, document) ? document : undefined;
}

/**
 * A record as it stood: undefined when it was not there then. Whether the caller may see it is asked of the record as it stands now.
 * @throws InvalidQuery the moment cannot be read
 */
export async function getRecordAsOf(
  context: QueryContext,
  query: GetRecord & { readonly asOf: AsOf },
): Promise<RecordDocument | undefined> {
  const happened = eventsUntil(query.asOf);
  const { type, id } = query;
  if (!(await getRecord(context, query))) return undefined;
  const standing = await recordAt(context, { type, id }, happened);
  if (!standing) return undefined;
  const resolved = await resolveReferences([standing], mergedAt(context, happened));
  const [shown] = await withConversionsBehind(resolved, async (records) => {
    const then = await Promise.all(records.map((record) => recordAt(context, record, happened)));
    return then.filter((document) => document !== undefined);
  });
  return shown;
}

async function recordAt(
  { log }: QueryContext,
  { type, id }: RecordRef,
  happened: (event: Recorded) => boolean,
): Promise<RecordDocument | undefined> {
  const { events } = await log.readStream({ stream: recordStream(type, id) });
  return foldRecord(type, id, events.filter(happened));
}

/** Into what records had been merged then: their streams are folded, for the few that a record points at. */
function mergedAt(context: QueryContext, happened: (event: Recorded) => boolean): LookUp {
  return async (records) => {
    const found = await Promise.all(
      records.map(async (record) => {
        const into = (await recordAt(context, record, happened))?.mergedInto;
        return into ? [[recordKey(record), into] as const] : [];
      }),
    );
    return new Map(found.flat());
  };
}
