import fc from 'fast-check';
import type { Filter, Json, JsonObject } from '#crm';
import type { SortKey } from '../read-store.port.js';

/** ế composed and decomposed: equal to a reader, two texts to a store. */
const NFC = '\u1ebf';
const NFD = 'e\u0302\u0301';

const texts = fc.constantFrom(
  '',
  'a',
  'A',
  'ab',
  'b',
  '1',
  '10',
  NFC,
  NFD,
  '\u{1f600}',
  '\uffee',
  'a.b',
  'x"a',
  '"',
  'null',
  'Đỗ',
  'đỖ',
  '*?',
);
const numbers = fc.constantFrom(0, -1, 1, 1.5, 10, 0.1 + 0.2, 1e21, -212183944227352830);
const scalars: fc.Arbitrary<string | number | boolean | null> = fc.oneof(
  texts,
  numbers,
  fc.boolean(),
  fc.constant(null),
);
const present = fc.oneof(texts, numbers, fc.boolean());

const lists: fc.Arbitrary<Json> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: scalars },
    { weight: 1, arbitrary: fc.array(scalars, { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.record({ x: scalars }, { requiredKeys: [] }) },
  ),
  { maxLength: 3 },
);
const object: fc.Arbitrary<JsonObject> = fc.record(
  { x: fc.oneof(scalars, lists), y: scalars },
  { requiredKeys: [] },
);
const values: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: scalars },
  { weight: 2, arbitrary: lists },
  { weight: 2, arbitrary: object },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof(object, scalars, fc.array(object, { maxLength: 1 })), {
      maxLength: 3,
    }),
  },
);

/** Documents without their id: every shape of value under few names, each of which may be missing. */
export const documentBodies: fc.Arbitrary<JsonObject> = fc.record(
  { a: values, b: values, o: values, s: scalars, n: scalars, tags: fc.oneof(lists, scalars) },
  { requiredKeys: [] },
);

const fields = fc.constantFrom(
  'a',
  'b',
  'o',
  'o.x',
  'a.x',
  'o.y',
  'o.x.x',
  's',
  'n',
  'tags',
  'missing',
);
const range = fc.oneof(texts, numbers);
const equal = fc.oneof(
  { weight: 5, arbitrary: scalars },
  { weight: 1, arbitrary: fc.array(scalars, { maxLength: 2 }) },
);
const patterns = fc
  .tuple(fc.constantFrom('', '^'), texts)
  .map(([anchor, text]) => anchor + text.replace(/[.^$*+?()[\]{}|\\]/g, '\\$&'));

const operator: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ $eq: equal }),
  fc.record({ $ne: equal }),
  fc.record({ $gt: range }),
  fc.record({ $gte: range }),
  fc.record({ $lt: range }),
  fc.record({ $lte: range }),
  fc.record({ $gte: range, $lt: range }),
  fc.record({ $in: fc.array(scalars, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalars, { maxLength: 3 }) }),
  fc.record({ $all: fc.array(present, { maxLength: 2 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $regex: patterns }),
  fc.record({ $regex: patterns, $options: fc.constant('i') }),
);
const condition: fc.Arbitrary<Filter> = fc
  .tuple(
    fields,
    fc.oneof(
      equal,
      operator,
      operator.map(($not) => ({ $not })),
    ),
  )
  .map(([field, value]) => ({ [field]: value }));

/** Filters of the whole language over the same names and values. */
export const filters: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: condition },
    {
      weight: 1,
      arbitrary: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
    },
    {
      weight: 2,
      arbitrary: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
    },
    {
      weight: 1,
      arbitrary: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }).map(($nor) => ({ $nor })),
    },
  ),
})).filter;

/** Sorts by fields that hold scalars, which is what sorting promises an order for. */
export const sorts: fc.Arbitrary<SortKey[]> = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom('s', 'n', 'id'),
    direction: fc.constantFrom<SortKey['direction'][]>('ascending', 'descending'),
  }),
  { maxLength: 2, selector: ({ field }) => field },
);
