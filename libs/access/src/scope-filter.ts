import { FILTER_LIMITS, type Filter, type Uuid } from '#crm';
import { ownerField } from './may.js';
import type { Principal } from './principal.js';
import { type RecordAction, type SubjectType, scopeOf } from './rights.js';

/**
 * The records of a type that the caller may do this to, as a condition on their documents (fields `ownerId` or, of
 * activities, `assigneeId`; `teamId`; `createdBy`). `all` needs no condition, `none` no query.
 */
export function scopeFilter(
  principal: Principal,
  action: RecordAction,
  type: SubjectType,
): Filter | 'all' | 'none' {
  const scope = scopeOf(principal.roles, action, type);
  if (scope === 'all' || scope === 'none') return scope;
  const owner = ownerField(type);
  const own: Filter[] = [
    { [owner]: principal.userId },
    { $and: [{ [owner]: null }, { teamId: null }, { createdBy: principal.userId }] },
  ];
  if (scope === 'own') return { $or: own };
  const colleagues = principal.teamMemberIds.filter((id) => id !== principal.userId);
  return {
    $or: [...own, ...oneOf('teamId', principal.teamIds), ...oneOf(owner, colleagues)],
  };
}

/** `$in` takes a limited number of values; a large team needs several. */
function oneOf(field: string, ids: readonly Uuid[]): Filter[] {
  const conditions: Filter[] = [];
  for (let start = 0; start < ids.length; start += FILTER_LIMITS.values) {
    conditions.push({ [field]: { $in: ids.slice(start, start + FILTER_LIMITS.values) } });
  }
  return conditions;
}
