import fc from 'fast-check';
import type { Filter, JsonObject } from '#crm';
import type { CollectionDefinition, SortKey } from '../read-store.port.js';

/** Indexes as a list of records declares them: whose it is, then the usual order. */
export const RECORD_INDEXES: CollectionDefinition['indexes'] = [
  { fields: ['ownerId', 'createdAt'] },
  { fields: ['teamId', 'createdAt'] },
  { fields: ['stage', 'amount', 'createdAt'] },
  { fields: ['stage', 'ownerId', 'createdAt'] },
  { fields: ['createdAt'] },
  { fields: ['search'], multi: 'prefix' },
];

const owners = fc.constantFrom('o1', 'o2', 'o3');
const teams = fc.constantFrom('t1', 't2', 't3');
const stages = fc.constantFrom('new', 'won', 'lost');
const amounts = fc.constantFrom<(number | null)[]>(null, 0, 5, 5.5);
const created = fc
  .integer({ min: 1, max: 20 })
  .map((day) => `2026-03-${String(day).padStart(2, '0')}`);
const words = fc.constantFrom('an', 'anh', 'binh', 'chi');

/** Records that share few values, so that parts of a filter overlap. */
export const recordBodies: fc.Arbitrary<JsonObject> = fc.record(
  {
    ownerId: owners,
    teamId: teams,
    stage: stages,
    amount: amounts,
    createdAt: created,
    search: fc.array(words, { maxLength: 3 }),
  },
  { requiredKeys: ['createdAt'] },
);

const scope: fc.Arbitrary<Filter> = fc
  .tuple(owners, fc.array(teams, { maxLength: 3 }))
  .map(([ownerId, $in]) => ({ $or: [{ ownerId }, { teamId: { $in } }] }));
const conditions: fc.Arbitrary<Filter>[] = [
  scope,
  owners.map((ownerId) => ({ ownerId })),
  fc.array(stages, { maxLength: 3 }).map(($in) => ({ stage: { $in } })),
  stages.map((stage) => ({ stage })),
  amounts.map((amount) => ({ amount })),
  amounts.map((amount) => ({ amount: { $ne: amount } })),
  created.map(($gte) => ({ createdAt: { $gte } })),
  words.map((word) => ({ search: { $regex: `^${word}` } })),
  fc.array(words, { maxLength: 2 }).map(($in) => ({ search: { $in } })),
  words.map((word) => ({ $or: [{ search: word }, { search: { $regex: '^ch' } }] })),
];

/** What lists ask for: a scope, and some conditions more. */
export const recordFilters: fc.Arbitrary<Filter> = fc.oneof(
  scope,
  fc.array(fc.oneof(...conditions), { minLength: 1, maxLength: 4 }).map(($and) => ({ $and })),
);

const direction = fc.constantFrom<SortKey['direction'][]>('ascending', 'descending');

/** Sorts that declared indexes serve, mostly. */
export const recordSorts: fc.Arbitrary<readonly SortKey[]> = fc
  .tuple(
    fc.constantFrom(['createdAt'], ['amount', 'createdAt'], ['stage', 'createdAt'], ['id'], []),
    fc.array(direction, { minLength: 2, maxLength: 2 }),
    fc.boolean(),
  )
  .map(([fields, directions, uniform]) =>
    fields.map((field, i) => ({
      field,
      direction: directions[uniform ? 0 : i] ?? 'ascending',
    })),
  );
