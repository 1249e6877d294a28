import { checkFilter, type Filter } from '#crm';
import { totalSort } from '../paging/total-sort.js';
import type { CollectionDefinition, Document, SortKey } from '../read-store.port.js';
import { searchFilter } from '../search-tokens.js';
import { openCatalog } from './catalog.js';
import { openDatabase } from './database.js';
import { planPage } from './plan/plan-page.js';
import { openStatements } from './statements.js';
import { openDocumentWriter } from './write-documents.js';

const LEADS: CollectionDefinition = {
  name: 'leads',
  version: 1,
  indexes: [
    { fields: ['ownerId', 'createdAt'] },
    { fields: ['teamId', 'createdAt'] },
    { fields: ['createdAt'] },
    { fields: ['tags'], multi: 'exact' },
    { fields: ['search'], multi: 'prefix' },
    { fields: ['stageId', 'createdAt'] },
    { fields: ['ownerId', 'stageId', 'createdAt'] },
  ],
};
const COUNT = 20_000;
const BY_CREATED = (direction: SortKey['direction']): readonly SortKey[] => [
  { field: 'createdAt', direction },
];
const SCOPE: Filter = { $or: [{ ownerId: 'o1' }, { teamId: { $in: ['t1', 't2'] } }] };

describe('the plan of a page', () => {
  const connection = openDatabase({});
  const statements = openStatements(connection);
  const layout = openCatalog(connection).create(LEADS);

  beforeAll(() => {
    connection.exec('BEGIN');
    const writes = Array.from({ length: COUNT }, (_, n) => {
      const document: Document = {
        id: `d${n}`,
        ownerId: `o${n % 4}`,
        teamId: `t${n % 6}`,
        stageId: `s${n % 3}`,
        createdAt: `2026-${String((n * 7919) % COUNT).padStart(6, '0')}`,
        tags: n % 3 === 0 ? ['common'] : n % 5_000 === 1 ? ['rare'] : [],
        search: [`name${n}`, n % 2 === 0 ? 'nguyen' : 'tran', n % 4_000 === 1 ? 'seldom' : 'often'],
      };
      return { kind: 'put' as const, collection: LEADS, document, position: n };
    });
    openDocumentWriter(connection, layout).write(writes);
    connection.exec('COMMIT');
  });
  afterAll(() => connection.close());

  function planOf(filter: Filter, keys: readonly SortKey[], deep = true): string {
    const { root } = checkFilter(filter);
    const place = deep ? ['2026-010000', 'd5'] : undefined;
    const { sql, values } = planPage(
      statements,
      { layout, sort: totalSort(keys), place, limit: 51 },
      root,
    );
    return statements
      .rows(`EXPLAIN QUERY PLAN ${sql}`, values)
      .map(([, , , detail]) => String(detail))
      .join('\n');
  }

  it.each(['ascending', 'descending'] as const)(
    'seeks to an equality and the page’s place in one index, %s',
    (direction) => {
      const plan = planOf({ ownerId: 'o1' }, BY_CREATED(direction));
      expect(plan).toMatch(
        /SEARCH t USING (COVERING )?INDEX i_leads_1_0 \(c0=\? AND \(c1,id\)[<>]\(\?,\?\)\)/,
      );
      expect(plan).not.toMatch(/SCAN t/);
    },
  );

  it.each(['ascending', 'descending'] as const)(
    'seeks to the place of a plain sort, %s',
    (direction) => {
      expect(planOf({}, BY_CREATED(direction))).toMatch(
        /SEARCH t USING (COVERING )?INDEX i_leads_1_2 \(\(c1,id\)[<>]\(\?,\?\)\)/,
      );
    },
  );

  it('seeks once for each value and each part of a permission scope', () => {
    const plan = planOf(SCOPE, BY_CREATED('descending'));
    expect(plan.match(/SEARCH t USING (COVERING )?INDEX i_leads_1_0 \(c0=\?/g)).toHaveLength(1);
    expect(plan.match(/SEARCH t USING (COVERING )?INDEX i_leads_1_1 \(c2=\?/g)).toHaveLength(2);
    expect(plan).not.toMatch(/SCAN t/);
  });

  it('walks along each part of an $or that is narrower than what stands beside it, and not along others', () => {
    const indexes = (filter: Filter) => {
      const plan = planOf({ $and: [{ stageId: 's1' }, filter] }, BY_CREATED('descending'));
      return [...plan.matchAll(/SEARCH t USING (?:COVERING )?INDEX (i_leads_1_\d)/g)].map(
        ([, name]) => name,
      );
    };
    const [narrow, wide] = ['i_leads_1_4', 'i_leads_1_3'];
    expect(indexes({ $or: [{ ownerId: 'o1' }, { ownerId: null }] })).toEqual([narrow, narrow]);
    expect(indexes(SCOPE)).toEqual([wide]);
  });

  it('walks along the order for an element that many have', () => {
    const plan = planOf({ tags: { $in: ['common', 'other'] } }, BY_CREATED('descending'));
    expect(plan).toMatch(/SEARCH t USING INDEX i_leads_1_2 \(\(c1,id\)<\(\?,\?\)\)/);
    expect(plan).not.toMatch(/x_leads/);
  });

  it('collects by the element that few have', () => {
    const plan = planOf({ tags: { $in: ['rare'] } }, BY_CREATED('descending'));
    expect(plan).toMatch(/SEARCH x_leads_1 USING PRIMARY KEY \(h=\?\)/);
    expect(plan).toMatch(/SEARCH t USING INTEGER PRIMARY KEY/);
    expect(plan).not.toMatch(/SCAN t/);
  });

  it.each(['nguyen seldom', 'sel', 'name777 nguyen'])('collects by the rarer word of %j', (q) => {
    const plan = planOf({ $and: [SCOPE, searchFilter(q)] }, BY_CREATED('descending'));
    expect(plan).toMatch(/SCAN e_leads_1 VIRTUAL TABLE INDEX 0:M/);
    expect(plan).not.toMatch(/SCAN t/);
  });

  it('collects when the sort has no index but a condition has', () => {
    const plan = planOf({ ownerId: 'o1' }, [{ field: 'name', direction: 'descending' }]);
    expect(plan).toMatch(/SEARCH t USING (COVERING )?INDEX i_leads_1_0 \(c0=\?\)/);
  });

  it('walks along an index whose first key the filter fixes', () => {
    const keys: readonly SortKey[] = [
      { field: 'ownerId', direction: 'ascending' },
      { field: 'createdAt', direction: 'descending' },
    ];
    expect(planOf({ ownerId: 'o1' }, keys, false)).toMatch(
      /SEARCH t USING (COVERING )?INDEX i_leads_1_0 \(c0=\?\)/,
    );
  });

  it('takes what callers send as values only', () => {
    const { root } = checkFilter({ "x'); DROP TABLE d_leads_1 --": { $gt: "' OR 1=1" } });
    const { sql } = planPage(
      statements,
      {
        layout,
        sort: totalSort([{ field: "y') DESC; --", direction: 'ascending' }]),
        place: undefined,
        limit: 2,
      },
      root,
    );
    expect(sql).not.toMatch(/DROP|OR 1|DESC; --/);
  });
});
