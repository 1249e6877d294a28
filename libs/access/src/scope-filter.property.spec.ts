import fc from 'fast-check';
import { checkFilter, FILTER_LIMITS, type Filter, matches } from '#crm';
import { may, type Subject } from './may.js';
import type { Principal } from './principal.js';
import { RECORD_ACTIONS, ROLES, SUBJECT_TYPES } from './rights.js';
import { scopeFilter } from './scope-filter.js';

const USERS = ['u1', 'u2', 'u3', 'u4'];
const TEAMS = ['t1', 't2', 't3'];
const principals: fc.Arbitrary<Principal> = fc.record({
  userId: fc.constantFrom(...USERS),
  roles: fc.subarray([...ROLES]),
  teamIds: fc.subarray(TEAMS),
  teamMemberIds: fc.subarray(USERS),
  locale: fc.constantFrom('en', 'vi'),
});
const absentOr = (ids: string[]) => fc.option(fc.constantFrom(...ids), { nil: undefined });
const subjects = fc.record(
  {
    type: fc.constantFrom(...SUBJECT_TYPES),
    ownerId: fc.oneof(absentOr(USERS), fc.constant(null)),
    assigneeId: fc.oneof(absentOr(USERS), fc.constant(null)),
    teamId: fc.oneof(absentOr(TEAMS), fc.constant(null)),
    createdBy: absentOr(USERS),
  },
  { requiredKeys: ['type'] },
) satisfies fc.Arbitrary<Subject>;

function isWithin(scope: Filter | 'all' | 'none', subject: Subject): boolean {
  if (typeof scope === 'string') return scope === 'all';
  return matches(scope, { ...subject });
}

describe('the scope as a filter', () => {
  it('matches exactly the records that the caller may do it to', () => {
    const actions = fc.constantFrom(...RECORD_ACTIONS);
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(principals, actions, subjects, (principal, action, subject) => {
        const allowed = may(principal, action, subject);
        seen[`${allowed}`] += 1;
        expect(isWithin(scopeFilter(principal, action, subject.type), subject)).toBe(allowed);
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(500);
  });

  it('stays within the language’s limits for a team of thousands, and misses no member', () => {
    const teamMemberIds = Array.from({ length: 5_001 }, (_, index) => `u${index}`);
    const boss: Principal = {
      userId: 'u0',
      roles: ['manager'],
      teamIds: ['t1'],
      teamMemberIds,
      locale: 'vi',
    };
    const scope = scopeFilter(boss, 'edit', 'lead') as {
      $or: Record<string, { $in?: string[] }>[];
    };
    expect(() => checkFilter(scope as Filter)).not.toThrow();
    const lists = scope.$or.flatMap((condition) => condition.ownerId?.$in ?? []);
    expect(new Set(lists).size).toBe(5_000);
    expect(scope.$or.length).toBeLessThan(FILTER_LIMITS.conditions);
    for (const { ownerId } of scope.$or) {
      expect(ownerId?.$in?.length ?? 0).toBeLessThanOrEqual(FILTER_LIMITS.values);
    }
  });
});
