import type { RecordType, Uuid } from '#crm';
import { newestFirst } from '../queries/around-record.js';
import { type Access, maySee, type Paging, type QueryContext } from '../queries/query-context.js';
import type { Walked } from '../queries/walk-pages.js';
import { recordKey } from '../records/record-key.js';
import { type BearerDocument, DUPLICATES } from './bearer-document.js';
import { type BriefRecord, briefRecord } from './brief-record.js';
import { SKIPS, type SkipDocument } from './skip-projection.js';
import { walkVisible } from './walk-visible.js';

export interface ListSkips extends Paging {
  readonly type: RecordType;
  /** Which records the caller may delete. */
  readonly access: Access;
}

/** A skipped pair as a caller is shown it. */
export type Skip = Pick<SkipDocument, 'id' | 'type' | 'status' | 'at' | 'by' | 'revision'> & {
  readonly records: readonly BriefRecord[];
};

/** A page of the pairs that are skipped, the latest first; of those both of whose records the caller may see. */
export async function listSkips(context: QueryContext, query: ListSkips): Promise<Walked<Skip>> {
  const { type, access } = query;
  const { readStore, models } = context;
  return walkVisible({
    ...query,
    next: (limit, cursor) =>
      readStore.find<SkipDocument>(models.live(SKIPS.name), {
        filter: { type, status: 'skipped' },
        sort: newestFirst('at'),
        limit,
        ...(cursor !== undefined && { cursor }),
      }),
    show: (skips) => showSkips(context, () => access, skips),
  });
}

/** One pair, skipped or withdrawn, or undefined when there is none for this caller. */
export async function getSkip(
  context: QueryContext,
  { id, accessTo }: { readonly id: Uuid; readonly accessTo: (type: RecordType) => Access },
): Promise<Skip | undefined> {
  const stored = await context.readStore.load(context.models.live(SKIPS.name), [id]);
  const skips = [...stored.values()].map(({ document }) => document as SkipDocument);
  return (await showSkips(context, accessTo, skips))[0];
}

async function showSkips(
  { readStore, models }: QueryContext,
  accessTo: (type: RecordType) => Access,
  skips: readonly SkipDocument[],
): Promise<readonly (Skip | undefined)[]> {
  const keysOf = ({ type, ids }: SkipDocument) => ids.map((id) => recordKey({ type, id }));
  const wanted = [...new Set(skips.flatMap(keysOf))];
  const stored = await readStore.load(models.live(DUPLICATES.name), wanted);
  return skips.map((skip) => {
    const access = accessTo(skip.type);
    const bearers = keysOf(skip).flatMap((key) => {
      const bearer = stored.get(key)?.document as BearerDocument | undefined;
      return bearer && maySee(access, bearer) ? [bearer] : [];
    });
    if (bearers.length < 2) return undefined;
    const { id, type, status, at, by, revision } = skip;
    return { ...{ id, type, status, at, by, revision }, records: bearers.map(briefRecord) };
  });
}
