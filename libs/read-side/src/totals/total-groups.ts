import type { Filter, StagedType } from '#crm';
import type { Groups } from '../engine/groups.port.js';
import type { RecordFold } from '../records/record-fold.js';
import { added, type RevenueSum } from './revenue-sums.js';
import { placeOfTotal, type Share } from './share.js';
import { type TotalDocument, totalCollection } from './total-document.js';

/** What is known of a total, whatever the order in which its records came. */
interface Total {
  readonly count: number;
  readonly sums: readonly RevenueSum[];
}

const NOTHING: Total = { count: 0, sums: [] };

/** The totals of a record type, over its documents. */
export function totalGroups(type: StagedType): Groups<RecordFold, Share, Total> {
  return {
    collection: totalCollection(type),
    members: { meeting: membersOf },
    partsOf: ({ shares }) => shares,
    open: (stored) => (stored ? pick(stored as TotalDocument) : NOTHING),
    join: (total, share) => counted(total, share, 1),
    leave: (total, share) => counted(total, share, -1),
    close(total, id): TotalDocument | undefined {
      return total.count < 1 ? undefined : { id, ...placeOfTotal(id), ...total };
    },
  };
}

function pick({ count, sums }: TotalDocument): Total {
  return { count, sums };
}

function counted({ count, sums }: Total, { revenue }: Share, sign: 1 | -1): Total {
  return { count: count + sign, sums: revenue ? added(sums, revenue, sign) : sums };
}

/** The records of a total: with what it has, and without what it has not. */
function membersOf(id: string): Filter {
  const { createdBy, ...place } = placeOfTotal(id);
  const { pipelineId = null, stageId = null, status, ownerId = null, teamId = null } = place;
  const told = { pipelineId, stageId, status, ownerId, teamId };
  return createdBy === undefined ? told : { ...told, createdBy };
}
