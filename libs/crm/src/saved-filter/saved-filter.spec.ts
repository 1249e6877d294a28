import { ACTOR, given, happened, OTHER_ID } from '../../test/given.js';
import { type SavedFilterCommand, savedFilterDecider } from './saved-filter.js';
import type { SavedFilterEvent, Sharing } from './saved-filter-events.js';
import { evolveSavedFilter, seesFilter } from './saved-filter-state.js';

const TEAM = '55555555-5555-4555-8555-555555555555';
const FOREIGN = '66666666-6666-4666-8666-666666666666';
const OWNER = { userId: ACTOR.id, teamIds: [TEAM], mayConfigure: false };
const COLLEAGUE = { userId: OTHER_ID, teamIds: [TEAM], mayConfigure: false };
const ADMIN = { ...COLLEAGUE, teamIds: [], mayConfigure: true };

const SAVE = {
  kind: 'save',
  recordType: 'opportunity',
  name: ' Cơ hội lớn ',
  filter: { 'expectedRevenue.amount': { $gte: 5 }, createdAt: { $gte: { $daysAgo: 7 } } },
  by: OWNER,
} as const;

function saved(shared: Sharing = false): SavedFilterEvent {
  const { recordType, filter } = SAVE;
  return {
    type: 'SavedFilterCreated',
    data: { recordType, name: 'Cơ hội lớn', filter, shared },
  };
}
const kept = (shared?: Sharing) => given(savedFilterDecider, [saved(shared)]);

describe('a saved filter', () => {
  it('is kept as it is written, and is its author’s alone unless it is shared', () => {
    given(savedFilterDecider).when(SAVE).decides(saved());
    given(savedFilterDecider)
      .when({ ...SAVE, shared: { teamIds: [TEAM, TEAM] } })
      .decides(saved({ teamIds: [TEAM] }));
    kept().when(SAVE).refused('saved_filter_exists');
  });

  it.each<[string, object, readonly string[]]>([
    ['no name', { name: ' ' }, ['name']],
    ['a field that there is not', { filter: { $or: [{ nick: 1 }] } }, ['filter.$or.0.nick']],
    [
      'an operator that there is not',
      { filter: { name: { $where: '1' } } },
      ['filter.name.$where'],
    ],
    ['a day that is none', { filter: { expectedCloseDate: 'soon' } }, ['filter.expectedCloseDate']],
    ['a filter that is none', { filter: [] }, ['filter']],
    ['a sort by a list', { sort: [{ field: 'tags', direction: 'ascending' }] }, ['sort']],
    ['too many words', { q: 'x'.repeat(201) }, ['q']],
    ['sharing that names nobody', { shared: { teamIds: [] } }, ['shared.teamIds']],
    ['sharing with no id', { shared: { teamIds: ['x'] } }, ['shared.teamIds.0']],
    ['sharing that is none', { shared: 'all' }, ['shared']],
  ])('is refused with %s', (_what, part, paths) => {
    given(savedFilterDecider)
      .when({ ...SAVE, ...part } as SavedFilterCommand)
      .refused('invalid_fields', ...paths);
  });

  it('changes in what is told, and tells a null from nothing', () => {
    kept()
      .when({ kind: 'change', name: 'Lớn', q: 'minh phát', by: OWNER })
      .decides({
        type: 'SavedFilterChanged',
        data: {
          changes: [
            { field: 'name', from: 'Cơ hội lớn', to: 'Lớn' },
            { field: 'q', to: 'minh phát' },
          ],
        },
      });
    const nobodys = kept().when({ kind: 'change', filter: { ownerId: null }, by: OWNER });
    expect(nobodys.after().filter).toEqual({ ownerId: null });
    kept().when({ kind: 'change', name: 'Cơ hội lớn', by: OWNER }).decides();
    const { state } = given(savedFilterDecider, [
      saved(),
      { type: 'SavedFilterChanged', data: { changes: [{ field: 'q', to: 'a' }] } },
      { type: 'SavedFilterChanged', data: { changes: [{ field: 'q', from: 'a' }] } },
    ]);
    expect(state.q).toBeUndefined();
  });

  it('is there for those with whom it is shared, and theirs to change if they look after all', () => {
    const remove = { kind: 'remove' } as const;
    kept()
      .when({ ...remove, by: COLLEAGUE })
      .refused('saved_filter_not_found');
    kept()
      .when({ ...remove, by: ADMIN })
      .refused('saved_filter_not_found');
    kept({ teamIds: [TEAM] })
      .when({ ...remove, by: COLLEAGUE })
      .refused('forbidden');
    const removed = { type: 'SavedFilterRemoved', data: {} } as const;
    kept({ teamIds: [TEAM] })
      .when({ ...remove, by: ADMIN })
      .decides(removed);
    kept()
      .when({ ...remove, by: OWNER })
      .decides(removed);
    given(savedFilterDecider, [saved(true), removed])
      .when({ ...remove, by: OWNER })
      .refused('saved_filter_not_found');
    expect(seesFilter(kept({ teamIds: [FOREIGN] }).state, COLLEAGUE)).toBe(false);
    expect(seesFilter(kept(true).state, COLLEAGUE)).toBe(true);
  });

  it('is shared with teams of one’s own', () => {
    const shared = { teamIds: [TEAM, FOREIGN] };
    kept().when({ kind: 'change', shared, by: OWNER }).refused('foreign_team', 'shared.teamIds.1');
    const byAdmin = kept(true).when({ kind: 'change', shared, by: ADMIN });
    expect(byAdmin.after().shared).toEqual(shared);
    kept({ teamIds: [FOREIGN] })
      .when({ kind: 'change', name: 'Lớn', by: OWNER })
      .decides({
        type: 'SavedFilterChanged',
        data: { changes: [{ field: 'name', from: 'Cơ hội lớn', to: 'Lớn' }] },
      });
  });

  it('of which the filter was erased is no more, rather than finding everything', () => {
    const { recordType } = SAVE;
    const erased = { type: 'SavedFilterCreated', data: { recordType, shared: true } };
    const state = evolveSavedFilter(
      savedFilterDecider.initial(OTHER_ID),
      happened(erased as unknown as SavedFilterEvent),
    );
    expect(state).toMatchObject({ status: 'removed', name: '' });
  });
});
