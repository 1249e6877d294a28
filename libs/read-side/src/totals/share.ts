import { isStaged, type Money, probabilityOf, type RecordState, type StagedState } from '#crm';
import { type Revenue, revenueOf } from './revenue-sums.js';
import type { TotalPlace } from './total-document.js';

/** What a record brings to the total that it counts in. */
export interface Share {
  readonly revenue?: Revenue;
}

/** By the total's id: one, or none for a record that does not stand. */
export type Shares = ReadonlyMap<string, Share>;

export const NO_SHARES: Shares = new Map();
const ONE: Share = {};

/** The shares of a record; the same map as `before` where the record counts as it did. */
export function sharesOf(state: RecordState, before: Shares = NO_SHARES): Shares {
  if (state.lifecycle !== 'live' || !isStaged(state)) return NO_SHARES;
  const id = totalId(placeOf(state));
  const share = shareOf(state);
  const known = before.get(id);
  return known && sameShare(known, share) ? before : new Map([[id, share]]);
}

function placeOf(state: StagedState): TotalPlace {
  const { pipelineId, stageId, outcome: status, ownerId, teamId, createdBy } = state;
  const isNobodys = ownerId === undefined && teamId === undefined;
  return {
    ...(pipelineId !== undefined && { pipelineId }),
    ...(stageId !== undefined && { stageId }),
    status,
    ...(ownerId !== undefined && { ownerId }),
    ...(teamId !== undefined && { teamId }),
    ...(isNobodys && { createdBy }),
  };
}

function shareOf(state: StagedState): Share {
  if (state.type !== 'opportunity') return ONE;
  const expected = state.fields.expectedRevenue as Money | undefined;
  const revenue = revenueOf(expected, probabilityOf(state)?.probability);
  return revenue ? { revenue } : ONE;
}

function sameShare({ revenue: one }: Share, { revenue: other }: Share): boolean {
  return (
    one?.currency === other?.currency &&
    one?.amount === other?.amount &&
    one?.weighted === other?.weighted
  );
}

const PARTS = ['pipelineId', 'stageId', 'status', 'ownerId', 'teamId', 'createdBy'] as const;

/** Readable as a place again: `placeOfTotal`. */
function totalId(place: TotalPlace): string {
  return PARTS.map((part) => place[part] ?? '').join('/');
}

/** Ids of pipelines, stages and people have no slash in them. */
export function placeOfTotal(id: string): TotalPlace {
  const texts = id.split('/');
  const parts = PARTS.flatMap((part, index) => (texts[index] ? [[part, texts[index]]] : []));
  return Object.fromEntries(parts) as TotalPlace;
}
